// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Composites: operators that stand for others (STABLEHLO_COMPOSITE). A subgraph of the file holds
// what they compute, their decomposition.

#include "types/graph.h"

namespace analysis {

/// Returns the subgraph that a composite stands for; null for other operators, and where the
/// subgraph is not sound.
const types::Subgraph* decompositionOf(const types::Graph& graph, const types::Op& op);

}  // namespace analysis
