// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: checks that a file is an intact project file, before it is opened for writing.
// Writes nothing, not even beside the file.

#include <filesystem>

#include "types/result.h"

namespace store {

/// Returns an Error with the reason for a file that is no SQLite file, belongs to another program,
/// comes from a newer version, or is damaged.
types::Result<void> checkFile(const std::filesystem::path& file);

}  // namespace store
