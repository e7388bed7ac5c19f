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
    const QemuFamily& family = board.family;
    QemuTools tools{findProgram(family.emulator), firmwareImage(board, flags),
                    emulatorDirectory() / "counting_plugin.so"};
    const bool hasFirmware = fs::exists(tools.firmware) && fs::exists(tools.plugin);
    // The build makes the firmware only where its compiler is installed.
    const bool canBuild = hasFirmware || !findProgram(family.compiler).empty();
    std::string packages = tools.qemu.empty() ? family.emulatorPackage : "";
    if (!canBuild) packages += (packages.empty() ? "" : " ") + std::string(family.compilerPackage);
    const std::string install = packages.find(' ') == std::string::npos
                                    ? "install the package " + packages
                                    : "install the packages " + packages;
    if (tools.qemu.empty())
        return types::fail("emulator is not installed", family.emulator,
                           canBuild ? install : install + " and build again");
    if (hasFirmware) return tools;
    return types::fail("firmware for the emulated board is missing", tools.firmware.string(),
                       canBuild ? "build the target " + std::string(family.imagesTarget)
                                : install + " and build again");
}

}  // namespace runners
