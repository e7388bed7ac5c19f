// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The emulated boards for tests, which skip where the emulator or the firmware is missing.

#include <gtest/gtest.h>
#include <ostream>

#include <filesystem>

#include "runners/qemu_process.h"
#include "runners/qemu_runner.h"
#include "runners/qemu_tools.h"

namespace test {

struct Board {
    const char* name;
    runners::RunnerFunction run;
    const runners::QemuBoard* emulated;
};
/// Names of tests contain the board's name, not its bytes.
inline void PrintTo(const Board& board, std::ostream* out) {
    *out << board.name;
}

inline constexpr Board kBoards[] = {{"m4", runners::runOnQemuM4, &runners::kQemuM4},
                                    {"m7", runners::runOnQemuM7, &runners::kQemuM7},
                                    {"m33", runners::runOnQemuM33, &runners::kQemuM33},
                                    {"m55", runners::runOnQemuM55, &runners::kQemuM55}};
inline constexpr Board kM0Plus = {"m0plus", runners::runOnQemuM0Plus, &runners::kQemuM0Plus};
inline constexpr Board kRv32 = {"rv32", runners::runOnQemuRv32, &runners::kQemuRv32};
/// With those that have no profile of their own.
inline constexpr Board kAllBoards[] = {kBoards[0], kBoards[1], kBoards[2],
                                       kBoards[3], kM0Plus,    kRv32};

inline bool emulatorIsHere() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    const auto images = program.parent_path().parent_path() / "emulator";
    return !runners::findProgram("qemu-system-arm").empty() &&
           std::filesystem::exists(images / "firmware-m55.elf") &&
           std::filesystem::exists(images / "counting_plugin.so");
}

#define SKIP_WITHOUT_EMULATOR() \
    if (!test::emulatorIsHere()) GTEST_SKIP() << "qemu-system-arm or its firmware is not here"

/// RISC-V needs packages that no script installs.
#define SKIP_WITHOUT_BOARD(board)                                             \
    if (const auto tools = runners::findQemuTools(*(board).emulated); !tools) \
    GTEST_SKIP() << tools.error().message()

inline types::Result<types::Session> runOn(const Board& board, types::GraphPtr graph,
                                           int repeats = 1,
                                           lowering::Kernels kernels = lowering::Kernels::Fast) {
    runners::RunRequest request;
    request.graph = std::move(graph);
    request.repeats = repeats;
    request.timeoutS = 120;
    request.kernels = kernels;
    return board.run("", request, {});
}

}  // namespace test
