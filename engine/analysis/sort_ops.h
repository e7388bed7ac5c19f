// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Some converters list operators before those that write their inputs. A Graph holds them in an
// order in which they can run.

#include "types/graph.h"

namespace analysis {

/// Moves operators behind those that write their inputs; otherwise the order of the file stays.
/// Operators with state or subgraphs keep their order among each other. Nothing changes where the
/// order is sound already, or where operators wait for each other. Indices must be in range.
void sortOps(types::Graph& graph);

}  // namespace analysis
