// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: whether a memory plan is one of this graph under which every kernel finds
// what it reads. A plan may come from anywhere, so nothing that it says about lifetimes is
// believed: they are worked out again from the graph in the plan's order.

#include "lowering/prepare/op_view.h"
#include "types/memory_plan.h"
#include "types/result.h"

namespace lowering {

/// Nothing, or the two buffers that share bytes though no kernel allows it. `ops`: the plans of
/// the graph's operators.
types::Result<void> checkPlan(const types::Graph& graph, const types::MemoryPlan& plan,
                              const std::vector<OpPlan>& ops);

/// Tensors over which the operator's kernel may write its first output.
std::vector<int32_t> overwritableBy(const types::Graph& graph, const types::Op& op,
                                    const OpPlan& plan);

}  // namespace lowering
