// SPDX-License-Identifier: GPL-3.0-or-later
// plan: prints the arena layout and TFLM's arena sizes.

#include "command_context.h"
#include "cost/tflm/tflm_arena.h"
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

/// A layout, and the one for TFLM's figures: its kernels give no guarantees in place.
struct Layouts {
    MemoryPlan plan, tflm;
};

Json tensorOrNull(int32_t tensor) {
    return tensor < 0 ? Json() : Json(tensor);
}

Json planJson(const Graph& graph, const Layouts& layouts) {
    const MemoryPlan& plan = layouts.plan;
    Json buffers = Json::array();
    for (const PlannedBuffer& b : plan.buffers)
        buffers.push_back({{"tensor", tensorOrNull(b.tensor)},
                           {"size", b.size},
                           {"offset", b.offset},
                           {"first_op", b.firstOp},
                           {"last_op", b.lastOp},
                           {"overwrites", tensorOrNull(b.overwrites)}});
    return {{"arena_bytes", plan.arenaBytes},
            {"lower_bound_bytes", plan.lowerBoundBytes},
            {"peak_op", peakOperator(plan)},
            {"order", plan.order},
            {"buffers", std::move(buffers)},
            {"tflm",
             {{"host64", toJson(cost::tflmArenaHost64(graph, layouts.tflm))},
              {"cortex_m", toJson(cost::tflmArenaCortexM(graph, layouts.tflm))}}}};
}

std::string bufferLabel(const Graph& graph, const PlannedBuffer& buffer) {
    if (buffer.isScratch()) return "scratch";
    const std::string name = tensorLabel(graph, buffer.tensor);
    if (buffer.overwrites < 0) return name;
    return name + " over T" + std::to_string(buffer.overwrites);
}

std::string planText(const Graph& graph, const Layouts& layouts) {
    const MemoryPlan& plan = layouts.plan;
    std::string text = "arena " + grouped(plan.arenaBytes) + " bytes, lower bound " +
                       grouped(plan.lowerBoundBytes) + " bytes";
    if (!graph.ops.empty())
        text += ", peak at " + opLabel(graph, static_cast<size_t>(peakOperator(plan)));
    text += "\n";
    if (const auto used = cost::tflmArenaCortexM(graph, layouts.tflm).usedBytes())
        text += "TFLM on a Cortex-M uses " + grouped(*used) + " bytes of its arena\n";
    TextTable table({"buffer", ">bytes", ">offset", ">first op", ">last op"});
    for (const PlannedBuffer& b : plan.buffers)
        table.addRow({bufferLabel(graph, b), grouped(b.size), grouped(b.offset),
                      std::to_string(b.firstOp), std::to_string(b.lastOp)});
    return text + table.text();
}

struct PlanFlags : ModelFlags {
    std::string planner = "greedy";
    bool reorder = false, inPlace = false;
};

MemoryPlan planWith(const PlanFlags& flags, const Graph& graph, const memory::ScratchNeeds& scratch,
                    const memory::Overwritable& overwritable) {
    return flags.planner == "best" ? memory::planBest(graph, scratch, overwritable)
                                   : memory::planGreedy(graph, scratch);
}

MemoryPlan makePlan(const Graph& graph, const PlanFlags& flags, const memory::ScratchNeeds& scratch,
                    const memory::Overwritable& overwritable) {
    if (!flags.reorder) return planWith(flags, graph, scratch, overwritable);
    const auto found = memory::searchOrder(graph, scratch, overwritable);
    MemoryPlan plan = planWith(flags, memory::withOrder(graph, found.order),
                               memory::withOrder(scratch, found.order),
                               memory::withOrder(overwritable, found.order));
    plan.order = found.order;
    plan.lowerBoundBytes = found.boundBytes;
    return plan;
}

Layouts makeLayouts(const Graph& graph, const PlanFlags& flags) {
    const lowering::PlanNeeds needs = lowering::planNeeds(graph);
    const MemoryPlan tflm = makePlan(graph, flags, needs.scratch, {});
    if (!flags.inPlace) return {tflm, tflm};
    return {makePlan(graph, flags, needs.scratch, needs.overwritable), tflm};
}

Result<Output> plan(const PlanFlags& flags) {
    if (flags.inPlace && flags.planner != "best")
        throw CLI::ValidationError("--in-place",
                                   "needs --planner best: TFLM's planner knows no such");
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    const Layouts layouts = makeLayouts(**graph, flags);
    return Output{planJson(**graph, layouts), planText(**graph, layouts)};
}

}  // namespace

void addPlan(CLI::App& app, Context& context) {
    auto flags = std::make_shared<PlanFlags>();
    CLI::App* command = addCommand(app, context, "plan", "Lay out the tensor arena",
                                   [flags] { return plan(*flags); });
    flags->addTo(*command)->required();
    command
        ->add_option("--planner", flags->planner,
                     "greedy: as TFLM places buffers; best: never more, the bound where it can")
        ->check(CLI::IsMember({"greedy", "best"}))
        ->capture_default_str();
    command->add_flag(
        "--in-place", flags->inPlace,
        "Write outputs over inputs that nobody reads afterwards, where the kernels of "
        "our own runtime allow it; with --planner best. The figures for TFLM stay "
        "those of the plan without");
    command->add_flag("--reorder", flags->reorder,
                      "Search the operator order of the smallest peak; first_op and last_op are "
                      "then places in that order");
}

}  // namespace app
