// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/requirements.h"

#include <algorithm>

#include "analysis/fold_constants.h"
#include "lowering/check_plan.h"
#include "lowering/model.h"
#include "lowering/prepare/prepare.h"
#include "memory/best_planner.h"

namespace lowering {

std::optional<types::Graph> folded(const types::Graph& graph) {
    const auto ops = analysis::foldableAsTflm(graph);
    if (ops.empty()) return std::nullopt;
    std::optional<types::Graph> view = graph;
    analysis::foldConstants(*view, ops);
    return view;
}

namespace {

/// Folds no more than one operator sees: itself, and the writers of its operands.
std::optional<types::Graph> foldedAround(const types::Graph& graph, size_t op) {
    std::vector<size_t> ops;
    for (size_t other : analysis::foldableAsTflm(graph)) {
        const auto& inputs = graph.ops[op].inputs;
        const auto& written = graph.ops[other].outputs;
        if (other == op ||
            std::find_first_of(inputs.begin(), inputs.end(), written.begin(), written.end()) !=
                inputs.end())
            ops.push_back(other);
    }
    if (ops.empty()) return std::nullopt;
    std::optional<types::Graph> view = graph;
    analysis::foldConstants(*view, ops);
    return view;
}

}  // namespace

types::Result<void> checkRunnable(const types::Graph& graph, size_t op) {
    const auto view = foldedAround(graph, op);
    const auto plan = planOp(view ? *view : graph, op);
    if (!plan) return tl::unexpected(plan.error());
    return {};
}

types::Result<void> checkRunnable(const types::Graph& graph) {
    const auto view = folded(graph);
    Model model(view ? *view : graph, types::Isa::Portable);
    const auto plans = model.planOps(0);
    if (!plans) return tl::unexpected(plans.error());
    return {};
}

types::Result<void> checkWritten(const types::Graph& graph) {
    std::vector<bool> known(graph.tensors.size(), false);
    const auto mark = [&](const std::vector<int32_t>& tensors) {
        for (int32_t t : tensors)
            if (t >= 0) known[static_cast<size_t>(t)] = true;
    };
    mark(graph.inputs);
    for (const types::Op& op : graph.ops)
        mark(op.outputs);
    for (size_t op = 0; op < graph.ops.size(); ++op)
        for (int32_t t : graph.ops[op].inputs)
            if (t >= 0 && !known[static_cast<size_t>(t)] && !graph.isConstant(t) &&
                !graph.tensor(t).isVariable && graph.tensor(t).elements() > 0)
                return types::fail(
                    "reads " + types::tensorLabel(graph, t) + ", which no operator writes",
                    types::opLabel(graph, op), "the model can be inspected, not run");
    return {};
}

PlanNeeds planNeeds(const types::Graph& original, types::Isa isa) {
    const auto view = folded(original);
    const types::Graph& graph = view ? *view : original;
    PlanNeeds needs{memory::ScratchNeeds(graph.ops.size()), memory::Overwritable(graph.ops.size())};
    Model model(graph, isa);
    for (size_t op = 0; op < graph.ops.size(); ++op) {
        auto plan = planOp(model, 0, op);
        if (!plan || analysis::isFolded(graph, graph.ops[op])) continue;
        needs.overwritable[op] = overwritableBy(graph, graph.ops[op], *plan);
        needs.scratch[op] = std::move(plan->scratch);
    }
    return needs;
}

memory::ScratchNeeds scratchNeeds(const types::Graph& graph, types::Isa isa) {
    return planNeeds(graph, isa).scratch;
}

types::MemoryPlan netcaliperPlan(const types::Graph& original, types::Isa isa) {
    const auto view = folded(original);
    const types::Graph& graph = view ? *view : original;
    const PlanNeeds needs = planNeeds(graph, isa);
    return memory::planBest(graph, needs.scratch, needs.overwritable);
}

}  // namespace lowering
