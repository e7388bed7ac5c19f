// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The part of an evaluation's rows that follows from a graph and its plan.

#include <vector>

#include "types/evaluation.h"

namespace engine {

/// Returns one row per operator: shapes, counts, memory alive while it runs, and whether it has a
/// kernel. Costs and errors are not set.
std::vector<types::LayerEvaluation> describeLayers(const types::Graph& graph,
                                                   const types::MemoryPlan& plan);

/// Sums the rows and adds the plan's arena; does not set what needs the file, the device or
/// samples.
types::Totals sumLayers(const std::vector<types::LayerEvaluation>& layers,
                        const types::MemoryPlan& plan);

}  // namespace engine
