// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A directory of logs as inputs of importers: files that a tool writes together become one input,
// all others one each. Links to directories are not followed.

#include <filesystem>
#include <string>
#include <vector>

#include "importers/importer.h"

namespace importers {

struct FoundLog {
    const Importer* importer;
    LogInput input;
    std::vector<std::filesystem::path> paths;  ///< of input.files
};

struct LogDirectory {
    std::vector<FoundLog> logs;                  ///< by path
    std::vector<std::filesystem::path> unknown;  ///< files of no known format
};

/// The importer for a file; nullptr where none knows it. `format` chooses one by its name.
const Importer* importerFor(const LogFile& file, const std::string& format);

/// The file's companions in its directory, where its own name is one of them.
FoundLog withCompanions(const Importer& importer, LogFile file, const std::filesystem::path& path);

/// All logs of the tree. More than 4096 files are refused: such a tree holds something else.
types::Result<LogDirectory> findLogs(const std::filesystem::path& root, const std::string& format);

}  // namespace importers
