// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A directory of logs as inputs of importers: files that a tool writes together become one input,
// each other file one of its own. Links to directories are not followed. Only one log is in memory
// at a time, because all logs of a tree together may not fit.

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

struct Recognised {
    LogFile file;              ///< without the text that a console put before its lines
    const Importer* importer;  ///< nullptr where none matches
};

/// Finds the importer of a file; `format` selects one by name.
Recognised recognise(LogFile file, const std::string& format);

/// Returns the file with its companions in its directory, where its own name is one of them.
FoundLog withCompanions(const Importer& importer, LogFile file, const std::filesystem::path& path);

/// Calls `take` with each log of the tree, sorted by path; returns the files of no known format.
/// More than 4096 files are an Error: such a tree contains something else.
types::Result<std::vector<std::filesystem::path>> eachLog(
    const std::filesystem::path& root, const std::string& format,
    const std::function<void(const FoundLog&)>& take);

}  // namespace importers
