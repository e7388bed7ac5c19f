// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A directory of logs as inputs of importers: files that a tool writes together become one input,
// all others one each. Links to directories are not followed. One log is held at a time: together
// the logs of a tree may be larger than the memory.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "importers/importer.h"

namespace importers {

struct FoundLog {
    const Importer* importer;
    LogInput input;
    std::vector<std::filesystem::path> paths;  ///< of input.files
};

/// The importer for a file; nullptr where none knows it. `format` chooses one by its name.
const Importer* importerFor(const LogFile& file, const std::string& format);

/// The file's companions in its directory, where its own name is one of them.
FoundLog withCompanions(const Importer& importer, LogFile file, const std::filesystem::path& path);

/// Gives all logs of the tree to `take`, by path; the files of no known format. More than 4096
/// files are refused: such a tree holds something else.
types::Result<std::vector<std::filesystem::path>> eachLog(
    const std::filesystem::path& root, const std::string& format,
    const std::function<void(const FoundLog&)>& take);

}  // namespace importers
