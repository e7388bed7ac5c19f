// SPDX-License-Identifier: GPL-3.0-or-later
// plan: prints the arena layout and TFLM's arena sizes.

#include <algorithm>

#include "command_context.h"
#include "engine/choose_schedule.h"
#include "footprint/footprint.h"
#include "json_output.h"
#include "kernels_output.h"
#include "lowering/requirements.h"
#include "memory/best_planner.h"
#include "memory/operator_order.h"
#include "schedule_output.h"
#include "text_table.h"
#include "variation_flags.h"

namespace app {
namespace {

using namespace types;

/// Index in the file of the operator that runs at the peak.
int32_t peakOperator(const MemoryPlan& plan) {
    return plan.order.empty() ? 0 : plan.order[static_cast<size_t>(plan.peakOp)];
}

/// A layout, and TFLM's figures: its kernels give no guarantees in place.
struct Layouts {
    MemoryPlan plan;
    footprint::TflmArenas tflm;
};

/// The greedy plan is TFLM's, which spans all subgraphs and which a refused model has not; the best
/// one is that of our own runtime.
std::optional<int64_t> arenaOf(const Layouts& layouts, bool isGreedy) {
    return isGreedy ? layouts.tflm.host64.nonPersistentBytes
                    : std::optional(layouts.plan.arenaBytes);
}

Json tensorOrNull(int32_t tensor) {
    return tensor < 0 ? Json() : Json(tensor);
}

Json planJson(const Layouts& layouts, bool isGreedy) {
    const MemoryPlan& plan = layouts.plan;
    Json buffers = Json::array();
    for (const PlannedBuffer& b : plan.buffers)
        buffers.push_back({{"tensor", tensorOrNull(b.tensor)},
                           {"size", b.size},
                           {"offset", b.offset},
                           {"first_op", b.firstOp},
                           {"last_op", b.lastOp},
                           {"overwrites", tensorOrNull(b.overwrites)}});
    Json json = {
        {"lower_bound_bytes", plan.lowerBoundBytes},
        {"peak_op", peakOperator(plan)},
        {"order", plan.order},
        {"buffers", std::move(buffers)},
        {"tflm",
         {{"host64", toJson(layouts.tflm.host64)}, {"cortex_m", toJson(layouts.tflm.cortexM)}}}};
    addKnown(json, "arena_bytes", arenaOf(layouts, isGreedy), layouts.tflm.host64.unknownReason);
    return json;
}

std::string bufferLabel(const Graph& graph, const PlannedBuffer& buffer) {
    if (buffer.isScratch()) return "scratch";
    const std::string name = tensorLabel(graph, buffer.tensor);
    if (buffer.overwrites < 0) return name;
    return name + " over T" + std::to_string(buffer.overwrites);
}

std::string tflmText(const TflmArena& arena) {
    if (const auto used = arena.usedBytes())
        return "TFLM on a Cortex-M uses " + grouped(*used) + " bytes of its arena\n";
    if (arena.isRefused) return arena.unknownReason + "\n";
    return "TFLM on a Cortex-M uses at least " + grouped(arena.atLeastBytes) +
           " bytes of its arena; not known: " + arena.unknownReason + "\n";
}

std::string planText(const Graph& graph, const Layouts& layouts, bool isGreedy) {
    const MemoryPlan& plan = layouts.plan;
    const auto arena = arenaOf(layouts, isGreedy);
    std::string text = "arena " + (arena ? grouped(*arena) + " bytes" : "not known") +
                       ", lower bound " + grouped(plan.lowerBoundBytes) + " bytes";
    if (!graph.ops.empty())
        text += ", peak at " + opLabel(graph, static_cast<size_t>(peakOperator(plan)));
    text += "\n" + tflmText(layouts.tflm.cortexM);
    TextTable table({"buffer", ">bytes", ">offset", ">first op", ">last op"});
    for (const PlannedBuffer& b : plan.buffers)
        table.addRow({bufferLabel(graph, b), grouped(b.size), grouped(b.offset),
                      std::to_string(b.firstOp), std::to_string(b.lastOp)});
    return text + table.text();
}

struct PlanFlags : ModelFlags {
    std::string planner = "greedy";
    bool reorder = false, inPlace = false;
    KernelFlags kernels;
    VariationFlags schedule;
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

/// TFLM runs operators in the order of the file, so another order means another file.
footprint::TflmArenas tflmIn(const Graph& graph, const MemoryPlan& plan) {
    if (std::is_sorted(plan.order.begin(), plan.order.end()))
        return footprint::tflmArenas(graph, plan);
    const Graph reordered = memory::withOrder(graph, plan.order);
    return footprint::tflmArenas(reordered, plan);
}

Layouts makeLayouts(const Graph& graph, const PlanFlags& flags) {
    const lowering::PlanNeeds needs = lowering::planNeeds(graph);
    const MemoryPlan plain = makePlan(graph, flags, needs.scratch, {});
    footprint::TflmArenas tflm = tflmIn(graph, plain);
    if (!flags.inPlace) return {plain, std::move(tflm)};
    return {makePlan(graph, flags, needs.scratch, needs.overwritable), std::move(tflm)};
}

/// The layout of our own runtime in bands of rows.
Result<Output> planScheduled(const Graph& graph, const PlanFlags& flags,
                             const ScheduleKnobs& knobs) {
    if (flags.planner != "greedy" || flags.reorder || flags.inPlace)
        throw CLI::ValidationError("--planner",
                                   "a schedule is placed in place and in the best order by itself: "
                                   "leave --planner, --reorder and --in-place out");
    const auto schedule = engine::chooseSchedule(graph, knobs, nullptr);
    if (!schedule) return tl::unexpected(schedule.error());
    const Layouts layouts{memoryPlanOf(schedule->plan),
                          tflmIn(graph, makePlan(graph, flags, lowering::scratchNeeds(graph), {}))};
    Output output{planJson(layouts, false), planText(graph, layouts, false)};
    for (size_t i = 0; i < schedule->plan.buffers.size(); ++i)
        output.json["buffers"][i]["rows"] = schedule->plan.buffers[i].rows;
    output.json["schedule"] = toJson(*schedule);
    output.text = textOf(*schedule) + output.text;
    return output;
}

Result<Output> plan(const PlanFlags& flags) {
    if (flags.inPlace && flags.planner != "best")
        throw CLI::ValidationError("--in-place",
                                   "needs --planner best: TFLM's planner knows no such");
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    const auto knobs = flags.schedule.read();
    if (knobs && knobs->schedule.isSet()) return planScheduled(**graph, flags, knobs->schedule);
    const Layouts layouts = makeLayouts(**graph, flags);
    const bool isGreedy = flags.planner == "greedy";
    Output output{planJson(layouts, isGreedy), planText(**graph, layouts, isGreedy)};
    if (auto added = flags.kernels.report(**graph, output); !added)
        return tl::unexpected(added.error());
    return output;
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
    flags->kernels.addTo(*command);
    flags->schedule.addScheduleTo(*command);
    command->add_flag("--reorder", flags->reorder,
                      "Search the operator order of the smallest peak; first_op and last_op are "
                      "then places in that order");
}

}  // namespace app
