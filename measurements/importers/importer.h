// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Importer: one log format. A format is one file that defines matches(), read() and an Importer
// with both; importer_list.h has the order in which formats are tried.

#include <array>
#include <vector>

#include "importers/log_input.h"
#include "importers/read_log.h"

namespace importers {

using Sessions = std::vector<types::Session>;

struct Importer {
    const char* name;
    const char* describes;
    /// True where the file certainly has this format; must not test for marks of other formats.
    bool (*matches)(const LogFile& file);
    /// Returns sessions; readLog() adds clock, checks and names. A name that is set distinguishes
    /// the sessions of one log.
    types::Result<Sessions> (*read)(const LogInput& input, const ImportOptions& options);
    /// Files that the tool writes into one folder and that are read together.
    std::array<const char*, 8> companions = {};
};

}  // namespace importers
