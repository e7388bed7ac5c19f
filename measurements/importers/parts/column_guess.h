// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Proposes a column map for a table that no importer knows, from the words in its header and the
// numbers below it.

#include <string>
#include <string_view>

namespace importers {

/// Returns a column map (column_map.h) that reads at least one number of the table, such as
/// "layer=Idx,op=Kernel,latency_us=Avg us"; empty where the text is no table or no column has a
/// unit.
std::string guessedColumns(std::string_view text);

/// True for a line with a number and a unit of time or a count of cycles behind it: "12.5 ms".
bool statesTime(std::string_view line);

}  // namespace importers
