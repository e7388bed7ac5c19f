// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Firmware of an emulated board with other compiler flags than those of the images that come with
// the program: built on demand by CMake, Ninja and the cross compiler from the sources that the
// program was built from, and kept in the user's cache folder ($XDG_CACHE_HOME/netcaliper/firmware,
// else ~/.cache/...). A later call builds only what changed in the sources.
//
// The sources are those of the build tree that the program runs in, or of the folder that
// NETCALIPER_SOURCES names. An installed program has none.
//
// Thread rules: many threads and processes may call at once; one builds while the others wait.

#include <filesystem>
#include <string>
#include <vector>

#include "runners/qemu_board.h"
#include "types/result.h"
#include "types/work.h"

namespace runners {

/// Flags of the images that come with the program.
inline constexpr const char* kFirmwareFlags = "-O2";

/// The levels of optimisation that firmware can have, for messages and lists: "-Os", "-O2", ...
const std::vector<std::string>& firmwareLevels();

/// "-O3" of "-O3" or "O3"; an Error for what is none of firmwareLevels().
types::Result<std::string> firmwareLevel(const std::string& word);

/// Where the image with these flags is, or will be. Empty flags: kFirmwareFlags.
std::filesystem::path firmwareImage(const QemuBoard& board, const std::string& flags);

/// Makes that image; nothing to do for kFirmwareFlags. Errors: no sources, no compiler, a failed
/// build with the end of its log.
types::Result<void> buildFirmware(const QemuBoard& board, const std::string& flags,
                                  const types::Work& work);

}  // namespace runners
