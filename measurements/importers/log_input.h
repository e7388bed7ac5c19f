// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A log in memory: the requested file, then the companions that its tool wrote beside it.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "types/result.h"

namespace importers {

struct LogFile {
    std::string name;  ///< name without directory
    std::string bytes;
};

/// Holds at least one file.
struct LogInput {
    std::string name;  ///< name in messages: the path as given
    std::vector<LogFile> files;

    const LogFile& main() const { return files.front(); }
    /// Returns the file with that name; null where there is none.
    const LogFile* find(std::string_view fileName) const;
};

/// Reads a whole file. More than 512 MiB are an Error: no log of an embedded board is that long.
types::Result<LogFile> loadLogFile(const std::filesystem::path& path);

}  // namespace importers
