// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_tools.h"

#include <cstdlib>

#include "runners/firmware_build.h"
#include "runners/qemu_process.h"

namespace runners {

namespace fs = std::filesystem;

fs::path emulatorDirectory() {
    if (const char* chosen = std::getenv("NETCALIPER_EMULATOR")) return chosen;
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    if (problem) return {};
    const fs::path prefix = program.parent_path().parent_path();
    const fs::path installed = prefix / "lib" / "netcaliper" / "emulator";
    return fs::is_directory(installed, problem) ? installed : prefix / "emulator";
}

types::Result<QemuTools> findQemuTools(const QemuBoard& board, const std::string& flags) {
    QemuTools tools{findProgram("qemu-system-arm"), firmwareImage(board, flags),
                    emulatorDirectory() / "counting_plugin.so"};
    if (tools.qemu.empty())
        return types::fail("emulator is not installed", "qemu-system-arm",
                           "install the package qemu-system-arm");
    if (fs::exists(tools.firmware) && fs::exists(tools.plugin)) return tools;
    // The build makes the firmware only where its compiler is installed.
    const bool canBuild = !findProgram("arm-none-eabi-g++").empty();
    return types::fail("firmware for the emulated board is missing", tools.firmware.string(),
                       canBuild ? "build the target firmware_images"
                                : "install the package gcc-arm-none-eabi and build again");
}

}  // namespace runners
