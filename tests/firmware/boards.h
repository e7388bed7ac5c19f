// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The emulated boards for tests, which skip where the emulator or the firmware is missing.

#include <gtest/gtest.h>
#include <ostream>

#include <filesystem>

#include "runners/qemu_process.h"
#include "runners/qemu_runner.h"

namespace test {

struct Board {
    const char* name;
    runners::RunnerFunction run;
};
/// Names of tests contain the board's name, not its bytes.
inline void PrintTo(const Board& board, std::ostream* out) {
    *out << board.name;
}

inline constexpr Board kBoards[] = {{"m4", runners::runOnQemuM4},
                                    {"m7", runners::runOnQemuM7},
                                    {"m33", runners::runOnQemuM33},
                                    {"m55", runners::runOnQemuM55}};

inline bool emulatorIsHere() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    const auto images = program.parent_path().parent_path() / "emulator";
    return !runners::findProgram("qemu-system-arm").empty() &&
           std::filesystem::exists(images / "firmware-m55.elf") &&
           std::filesystem::exists(images / "counting_plugin.so");
}

#define SKIP_WITHOUT_EMULATOR() \
    if (!test::emulatorIsHere()) GTEST_SKIP() << "qemu-system-arm or its firmware is not here"

inline types::Result<types::Session> runOn(const Board& board, types::GraphPtr graph,
                                           int repeats = 1) {
    runners::RunRequest request;
    request.graph = std::move(graph);
    request.repeats = repeats;
    request.timeoutS = 120;
    return board.run("", request, {});
}

}  // namespace test
