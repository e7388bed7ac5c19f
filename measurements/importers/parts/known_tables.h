// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tables of published measurements whose columns do not say their units. Each is recognised by
// the columns that its map names.

#include <string>
#include <vector>

#include "importers/parts/csv_reader.h"

namespace importers {

struct KnownTable {
    const char* name;
    /// Column maps; more than one where a row holds several boards.
    std::vector<const char*> maps;
};

/// The table that the header belongs to; nullptr where it is none of them.
const KnownTable* knownTable(const CsvReader& rows);

}  // namespace importers
