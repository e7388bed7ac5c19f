// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a run on an emulated board needs on this machine: Debian's qemu-system-arm, the firmware
// of that board and the counting plugin. Firmware and plugin lie in the directory `emulator`
// beside the program's `bin`, or where NETCALIPER_EMULATOR says.

#include <filesystem>
#include <string>

#include "runners/qemu_board.h"
#include "types/result.h"

namespace runners {

struct QemuTools {
    std::string qemu;
    std::filesystem::path firmware, plugin;
};

/// What is missing is an Error that names the packages to install.
types::Result<QemuTools> findQemuTools(const QemuBoard& board);

}  // namespace runners
