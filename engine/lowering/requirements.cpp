// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/requirements.h"

#include "lowering/check_plan.h"
#include "lowering/model.h"
#include "lowering/prepare/prepare.h"
#include "memory/best_planner.h"

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

PlanNeeds planNeeds(const types::Graph& graph, types::Isa isa) {
    PlanNeeds needs{memory::ScratchNeeds(graph.ops.size()), memory::Overwritable(graph.ops.size())};
    Model model(graph, isa);
    for (size_t op = 0; op < graph.ops.size(); ++op) {
        auto plan = planOp(model, 0, op);
        if (!plan) continue;
        needs.overwritable[op] = overwritableBy(graph, graph.ops[op], *plan);
        needs.scratch[op] = std::move(plan->scratch);
    }
    return needs;
}

memory::ScratchNeeds scratchNeeds(const types::Graph& graph, types::Isa isa) {
    return planNeeds(graph, isa).scratch;
}

types::MemoryPlan netcaliperPlan(const types::Graph& graph, types::Isa isa) {
    const PlanNeeds needs = planNeeds(graph, isa);
    return memory::planBest(graph, needs.scratch, needs.overwritable);
}

}  // namespace lowering
