// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/requirements.h"

#include "lowering/prepare.h"

namespace lowering {

types::Result<void> checkRunnable(const types::Graph& graph, size_t op) {
    const auto plan = planOp(graph, op);
    if (!plan) return tl::unexpected(plan.error());
    return {};
}

types::Result<void> checkRunnable(const types::Graph& graph) {
    for (size_t op = 0; op < graph.ops.size(); ++op)
        if (auto runnable = checkRunnable(graph, op); !runnable) return runnable;
    return {};
}

memory::ScratchNeeds scratchNeeds(const types::Graph& graph, Target target) {
    memory::ScratchNeeds needs(graph.ops.size());
    for (size_t op = 0; op < graph.ops.size(); ++op)
        if (const auto plan = planOp(graph, op, target)) needs[op] = plan->scratch;
    return needs;
}

}  // namespace lowering
