// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Published tables of measurements whose columns do not state their units. Each is recognised by
// the columns in its map.

#include <string>
#include <vector>

#include "importers/parts/csv_reader.h"

namespace importers {

struct KnownTable {
    const char* name;
    /// Column maps; several where a row holds several boards.
    std::vector<const char*> maps;
};

/// Returns the table with this header; nullptr where there is none.
const KnownTable* knownTable(const CsvReader& rows);

}  // namespace importers
