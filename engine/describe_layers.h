// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows of an evaluation that a graph and its plan alone tell.

#include <vector>

#include "types/evaluation.h"

namespace engine {

/// One row per operator: shapes, counts, memory alive while it runs, and whether there is a kernel
/// for it. Costs and errors are left open.
std::vector<types::LayerEvaluation> describeLayers(const types::Graph& graph,
                                                   const types::MemoryPlan& plan);

/// Counts of the rows, and the arena of the plan; what needs the file, the device or samples is
/// left open.
types::Totals sumLayers(const std::vector<types::LayerEvaluation>& layers,
                        const types::MemoryPlan& plan);

}  // namespace engine
