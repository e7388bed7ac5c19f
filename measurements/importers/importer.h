// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Importer: what each format of this room consists of. A format is one file with matches() and
// read() and an Importer that names them; importer_list.h says in which order they are tried.

#include <array>
#include <vector>

#include "importers/log_input.h"
#include "importers/read_log.h"

namespace importers {

using Sessions = std::vector<types::Session>;

struct Importer {
    const char* name;
    const char* describes;
    /// True where the file is surely of this format; looks at no other format's marks.
    bool (*matches)(const LogFile& file);
    /// Sessions without clock, checks and names: readLog() adds them. A name that is set tells
    /// the sessions of one log apart.
    types::Result<Sessions> (*read)(const LogInput& input, const ImportOptions& options);
    /// Files that the tool writes into one folder and that are read together.
    std::array<const char*, 5> companions = {};
};

}  // namespace importers
