// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tools for a run on an emulated board: Debian's QEMU for its cores, the firmware of that board
// and the counting plugin. Firmware and plugin are in the directory `emulator` beside the program's
// `bin`, in `lib/netcaliper/emulator` of an installed program, or where NETCALIPER_EMULATOR points
// to; firmware with other flags is where firmware_build.h puts it.

#include <filesystem>
#include <string>

#include "runners/qemu_board.h"
#include "types/result.h"

namespace runners {

struct QemuTools {
    std::string qemu;
    std::filesystem::path firmware, plugin;
};

/// The directory of firmware and plugin.
std::filesystem::path emulatorDirectory();

/// For a missing tool, the Error names the packages to install. `flags`: of the firmware, as in
/// RunRequest.
types::Result<QemuTools> findQemuTools(const QemuBoard& board, const std::string& flags = {});

}  // namespace runners
