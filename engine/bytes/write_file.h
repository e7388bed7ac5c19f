// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes a file completely or not at all: first to a temporary file beside the target, then moves
// it over the target, so that a full disk or a crash never destroys the old contents.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "types/result.h"

namespace bytes {

/// What a power cut may cost: the new contents, which the system writes when it likes, or nothing
/// that was written before it. Waiting for the disk takes some ten milliseconds.
enum class Wait : int8_t { No, ForDisk };

types::Result<void> writeFile(const std::filesystem::path& file, std::span<const uint8_t> bytes,
                              Wait wait = Wait::No);
types::Result<void> writeFile(const std::filesystem::path& file, std::string_view text,
                              Wait wait = Wait::No);

}  // namespace bytes
