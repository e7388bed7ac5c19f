// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds blocks of operators that repeat: the same kinds with the same shapes, types and
// activations, which read each other alike. Of overlapping ones the one is taken that saves most
// boxes; its first operator is chosen such that few tensors cross the borders of its rounds.

#include "types/drawn_graph.h"
#include "types/graph.h"

namespace layout {

/// The longest block that is searched for, in operators.
inline constexpr int32_t kLongestBlock = 512;

/// In the order of execution, without overlaps. `graph` holds the subgraph's operators and tensors
/// and the buffers of the file; `subgraph` is its index, for the result.
std::vector<types::RepeatedBlock> findRepeats(const types::Graph& graph, int32_t subgraph);

}  // namespace layout
