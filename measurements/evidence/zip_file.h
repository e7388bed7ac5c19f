// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A zip archive of a few files, written and read whole.

#include <filesystem>
#include <map>
#include <string>

#include "types/result.h"

namespace evidence {

/// Contents by name.
using ZipFiles = std::map<std::string, std::string>;

/// Replaces a file only when all is written. Equal contents give equal bytes.
types::Result<void> writeZip(const std::filesystem::path& file, const ZipFiles& contents);

/// An Error for a damaged archive, more than 64 files, or a file of more than 512 MiB.
types::Result<ZipFiles> readZip(const std::filesystem::path& file);

}  // namespace evidence
