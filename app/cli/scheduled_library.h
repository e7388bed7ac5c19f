// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Program of a C library that runs in bands of rows.

#include "exporting/c_library.h"

namespace app {

/// Makes Programs with the least MACs whose arena is at most `sram` bytes on each kind of core;
/// fails where there is none. `graph` must outlive it.
exporting::LowerFor lowerWithin(const types::Graph& graph, int64_t sram, bool feedsRows);

}  // namespace app
