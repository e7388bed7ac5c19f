// SPDX-License-Identifier: GPL-3.0-or-later
// plan: where every tensor lies in the arena, and what TFLM will report.

#include "command_context.h"
#include "cost/tflm_arena.h"
#include "json_output.h"
#include "lowering/requirements.h"
#include "memory/best_planner.h"
#include "memory/operator_order.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

/// Index in the file of the operator that runs at the peak.
int32_t peakOperator(const MemoryPlan& plan) {
    return plan.order.empty() ? 0 : plan.order[static_cast<size_t>(plan.peakOp)];
}

Json planJson(const Graph& graph, const MemoryPlan& plan) {
    Json buffers = Json::array();
    for (const PlannedBuffer& b : plan.buffers)
        buffers.push_back({{"tensor", b.isScratch() ? Json() : Json(b.tensor)},
                           {"size", b.size},
                           {"offset", b.offset},
                           {"first_op", b.firstOp},
                           {"last_op", b.lastOp}});
    return {{"arena_bytes", plan.arenaBytes},
            {"lower_bound_bytes", plan.lowerBoundBytes},
            {"peak_op", peakOperator(plan)},
            {"order", plan.order},
            {"buffers", std::move(buffers)},
            {"tflm",
             {{"host64", toJson(cost::tflmArenaHost64(graph, plan))},
              {"cortex_m", toJson(cost::tflmArenaCortexM(graph, plan))}}}};
}

std::string planText(const Graph& graph, const MemoryPlan& plan) {
    std::string text = "arena " + grouped(plan.arenaBytes) + " bytes, lower bound " +
                       grouped(plan.lowerBoundBytes) + " bytes";
    if (!graph.ops.empty())
        text += ", peak at " + opLabel(graph, static_cast<size_t>(peakOperator(plan)));
    text += "\n";
    if (const auto used = cost::tflmArenaCortexM(graph, plan).usedBytes())
        text += "TFLM on a Cortex-M uses " + grouped(*used) + " bytes of its arena\n";
    TextTable table({"buffer", ">bytes", ">offset", ">first op", ">last op"});
    for (const PlannedBuffer& b : plan.buffers)
        table.addRow({b.isScratch() ? "scratch" : tensorLabel(graph, b.tensor), grouped(b.size),
                      grouped(b.offset), std::to_string(b.firstOp), std::to_string(b.lastOp)});
    return text + table.text();
}

struct PlanFlags {
    std::string path;
    std::string planner = "greedy";
    bool reorder = false;
};

MemoryPlan makePlan(const Graph& graph, const PlanFlags& flags) {
    const auto scratch = lowering::scratchNeeds(graph);
    const auto planWith = flags.planner == "best" ? memory::planBest : memory::planGreedy;
    if (!flags.reorder) return planWith(graph, scratch);
    const auto found = memory::searchOrder(graph, scratch);
    MemoryPlan plan =
        planWith(memory::withOrder(graph, found.order), memory::withOrder(scratch, found.order));
    plan.order = found.order;
    plan.lowerBoundBytes = found.boundBytes;
    return plan;
}

Result<Output> plan(const PlanFlags& flags) {
    const auto graph = openModel(flags.path);
    if (!graph) return tl::unexpected(graph.error());
    const MemoryPlan layout = makePlan(**graph, flags);
    return Output{planJson(**graph, layout), planText(**graph, layout)};
}

}  // namespace

void addPlan(CLI::App& app, Context& context) {
    auto flags = std::make_shared<PlanFlags>();
    CLI::App* command = addCommand(app, context, "plan", "Lay out the tensor arena",
                                   [flags] { return plan(*flags); });
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    command
        ->add_option("--planner", flags->planner,
                     "greedy: as TFLM places buffers; best: never more, the bound where it can")
        ->check(CLI::IsMember({"greedy", "best"}))
        ->capture_default_str();
    command->add_flag("--reorder", flags->reorder,
                      "Search the operator order of the smallest peak; first_op and last_op are "
                      "then places in that order");
}

}  // namespace app
