// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: checks that a BandPlan belongs to this graph and that every step finds its
// rows intact. The plan is not trusted: its steps are followed with a record of which bytes of the
// arena hold which rows.

#include "lowering/bands.h"
#include "types/graph.h"

namespace lowering {

/// Checks indices, spans and counts of places, so that the steps may be prepared.
types::Result<void> checkSteps(const types::Graph& graph, const types::BandPlan& plan);

/// Returns an Error that names the operator that would read rows that are not there, write outside
/// the arena, or write over what it reads. `ops`: the plans of the graph's operators; `rows`: those
/// of the steps.
types::Result<void> checkBands(const types::Graph& graph, const types::BandPlan& plan,
                               const std::vector<OpPlan>& ops, const RowCalls& rows);

}  // namespace lowering
