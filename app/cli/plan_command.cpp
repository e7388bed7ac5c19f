// SPDX-License-Identifier: GPL-3.0-or-later
// plan: where every tensor lies in the arena, and what TFLM will report.

#include "command_context.h"
#include "cost/tflm_arena.h"
#include "json_output.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

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
            {"peak_op", plan.peakOp},
            {"order", plan.order},
            {"buffers", std::move(buffers)},
            {"tflm",
             {{"host64", toJson(cost::tflmArenaHost64(graph, plan))},
              {"cortex_m", toJson(cost::tflmArenaCortexM(graph, plan))}}}};
}

std::string planText(const Graph& graph, const MemoryPlan& plan) {
    std::string text = "arena " + grouped(plan.arenaBytes) + " bytes, lower bound " +
                       grouped(plan.lowerBoundBytes) + " bytes";
    if (!graph.ops.empty()) text += ", peak at " + opLabel(graph, static_cast<size_t>(plan.peakOp));
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
};

Result<Output> plan(const std::string& path) {
    const auto graph = openModel(path);
    if (!graph) return tl::unexpected(graph.error());
    const auto layout = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
    return Output{planJson(**graph, layout), planText(**graph, layout)};
}

}  // namespace

void addPlan(CLI::App& app, Context& context) {
    auto flags = std::make_shared<PlanFlags>();
    CLI::App* command = addCommand(app, context, "plan", "Lay out the tensor arena",
                                   [flags] { return plan(flags->path); });
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    command->add_option("--planner", flags->planner, "greedy: as TFLM places buffers")
        ->check(CLI::IsMember({"greedy"}))
        ->capture_default_str();
}

}  // namespace app
