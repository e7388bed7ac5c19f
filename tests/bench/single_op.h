// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One operator of a graph as a graph of its own, to time it alone.

#include "types/graph.h"

namespace bench {

types::Graph singleOp(const types::Graph& graph, size_t op);

/// "CONV_2D 25x5x64 of 3x3 stride 1": operators with the same text cost the same.
std::string shapeOf(const types::Graph& graph, size_t op);

}  // namespace bench
