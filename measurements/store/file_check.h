// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of store: is this a project file, and whole? Asked before a file is opened for writing;
// nothing is written, not even beside the file.

#include <filesystem>

#include "types/result.h"

namespace store {

/// Refuses with the reason what is no SQLite file, belongs to another program, comes from a newer
/// version, or is damaged.
types::Result<void> checkFile(const std::filesystem::path& file);

}  // namespace store
