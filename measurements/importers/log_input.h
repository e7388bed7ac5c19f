// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A log in memory: the file that was asked for, then the companions that its tool wrote beside it.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "types/result.h"

namespace importers {

struct LogFile {
    std::string name;  ///< without directory
    std::string bytes;
};

/// Never without a file.
struct LogInput {
    std::string name;  ///< what messages call it: the path as it was given
    std::vector<LogFile> files;

    const LogFile& main() const { return files.front(); }
    /// The file of that name, or nothing.
    const LogFile* find(std::string_view fileName) const;
};

/// Reads a file whole. More than 512 MiB are refused: no log of an embedded board is that long.
types::Result<LogFile> loadLogFile(const std::filesystem::path& path);

}  // namespace importers
