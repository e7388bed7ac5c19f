// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: checks that a memory plan belongs to this graph and that every kernel finds
// its inputs intact. A plan may come from any source, so its lifetimes are not trusted: they are
// computed again from the graph in the plan's order.

#include "lowering/prepare/op_view.h"
#include "types/memory_plan.h"
#include "types/result.h"

namespace lowering {

/// Returns an Error that names two buffers that share bytes without a kernel that permits it.
/// `ops`: the plans of the graph's operators.
types::Result<void> checkPlan(const types::Graph& graph, const types::MemoryPlan& plan,
                              const std::vector<OpPlan>& ops);

/// Returns the tensors that the operator's kernel may overwrite with its first output.
std::vector<int32_t> overwritableBy(const types::Graph& graph, const types::Op& op,
                                    const OpPlan& plan);

}  // namespace lowering
