// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/choose_schedule.h"

#include <cmath>

#include "engine/schedules_on.h"
#include "footprint/footprint.h"
#include "types/number_text.h"

namespace engine {
namespace {

using namespace types;
using scheduling::Feeding;
using scheduling::ScheduleFront;
using scheduling::SchedulePoint;

ScheduleRow rowAt(const ScheduleFront& front, const SchedulePoint& point) {
    const auto number = static_cast<int32_t>(&point - front.points.data()) + 1;
    return {number,          front.arenaBytes(point),
            point.plan.macs, point.timeUs,
            point.isFed,     scheduling::describe(front.problems[point.problem], point.schedule)};
}

Result<const SchedulePoint*> pointOf(const ScheduleFront& front, const ScheduleKnobs& knobs,
                                     const std::string& name) {
    if (knobs.row) {
        const auto rows = front.points.size();
        if (static_cast<size_t>(*knobs.row) <= rows)
            return &front.points[static_cast<size_t>(*knobs.row) - 1];
        return fail("has no schedule " + std::to_string(*knobs.row) + ": its front has " +
                        std::to_string(rows) + " rows",
                    name, "choose a row of the command schedule");
    }
    const auto* chosen = scheduling::cheapestWithin(front, *knobs.sram, knobs.feedRows);
    if (chosen != nullptr) return chosen;
    const auto& smallest = scheduling::smallestOf(front, knobs.feedRows);
    return fail(
        "no schedule fits " + grouped(*knobs.sram) + " bytes; the smallest needs " +
            grouped(front.arenaBytes(smallest)),
        name, knobs.feedRows ? "allow more bytes" : "allow more bytes, or feed the input by rows");
}

/// Rows that an operator computes, divided by those of its output.
std::vector<double> sharesOf(const Graph& graph, const BandPlan& plan) {
    std::vector<double> shares(graph.ops.size(), 0);
    std::vector<bool> runs(graph.ops.size(), false);
    for (const BandStep& step : plan.steps) {
        if (step.kind != BandStep::Kind::Operator && step.kind != BandStep::Kind::Rows) continue;
        const auto op = static_cast<size_t>(step.op);
        runs[op] = true;
        shares[op] += step.kind == BandStep::Kind::Operator
                          ? 1
                          : static_cast<double>(step.rows.count()) /
                                graph.tensor(graph.ops[op].outputs[0]).shape[1];
    }
    for (size_t op = 0; op < shares.size(); ++op)
        if (!runs[op]) shares[op] = 1;  // folded
    return shares;
}

void scaleCounts(Evaluation& e) {
    const std::vector<double> shares = sharesOf(*e.graph, e.schedule->plan);
    e.totals.macs = e.totals.ops = 0;
    for (size_t i = 0; i < e.layers.size(); ++i) {
        LayerEvaluation& layer = e.layers[i];
        layer.macs = std::llround(static_cast<double>(layer.macs) * shares[i]);
        layer.ops = std::llround(static_cast<double>(layer.ops) * shares[i]);
        e.totals.macs += layer.macs;
        e.totals.ops += layer.ops;
    }
}

std::string sentenceOf(const ChosenSchedule& schedule) {
    return "schedule " + std::to_string(schedule.row.number) + " (" + schedule.row.text +
           "): arena " + grouped(schedule.wholeArenaBytes) + " -> " +
           grouped(schedule.row.arenaBytes) + " bytes, " + grouped(schedule.wholeMacs) + " -> " +
           grouped(schedule.row.macs) + " MACs" +
           (schedule.row.isFed ? "; the caller gives the input row by row" : "") +
           "; only our own runtime runs so (the exported C library), the .tflite file does not "
           "hold it";
}

}  // namespace

std::vector<ScheduleRow> rowsOf(const ScheduleFront& front) {
    std::vector<ScheduleRow> rows;
    for (const SchedulePoint& point : front.points)
        rows.push_back(rowAt(front, point));
    return rows;
}

Result<ChosenSchedule> chooseSchedule(const Graph& graph, const ScheduleKnobs& knobs,
                                      const DevicePtr& device, const Work& work) {
    const bool mayFeed = knobs.row || knobs.feedRows;
    const auto front = schedulesOn(graph, device, mayFeed ? Feeding::Both : Feeding::Whole, work);
    if (!front) return tl::unexpected(front.error());
    const auto point = pointOf(*front, knobs, graph.name);
    if (!point) return tl::unexpected(point.error());
    ChosenSchedule chosen;
    chosen.row = rowAt(*front, **point);
    chosen.plan = scheduling::planOf(*front, **point);
    chosen.isa = scheduleIsa(device);
    chosen.wholeMacs = front->whole.plan.macs;
    chosen.wholeArenaBytes = front->arenaBytes(front->whole);
    for (const scheduling::Stage& stage : (*point)->schedule.stages)
        if (stage.isBanded()) chosen.bands.push_back({stage.first, stage.end, stage.rows});
    return chosen;
}

void applySchedule(Evaluation& e) {
    e.netcaliperPlan = memoryPlanOf(e.schedule->plan);
    e.changes.push_back(sentenceOf(*e.schedule));
    if (e.device && runtimeOf(e.device) != Runtime::Netcaliper) {
        e.scheduleGap = e.device->runtime +
                        " runs each operator as a whole: the schedule acts under our own runtime "
                        "alone";
        return;
    }
    if (e.device) {
        auto need = footprint::ofBands(*e.graph, *e.device, e.schedule->plan);
        if (!need) {
            e.scheduleGap = need.error().message();
            return;
        }
        e.flash = std::move(need->flash);
        e.sram = std::move(need->sram);
    }
    e.totals.arenaBytes = e.schedule->row.arenaBytes;
    scaleCounts(e);
}

Result<lowering::Lowered> lowerScheduled(const Evaluation& e, Isa isa) {
    const ChosenSchedule& schedule = *e.schedule;
    if (isa == schedule.isa) return lowering::lowerBands(*e.graph, schedule.plan, isa);
    // The caller feeds all or none.
    const auto front = scheduling::findFront(
        *e.graph, {schedule.row.isFed ? Feeding::Rows : Feeding::Whole, isa, {}});
    if (!front) return tl::unexpected(front.error());
    const int64_t bytes =
        std::max<int64_t>(schedule.row.arenaBytes, e.variation.schedule.sram.value_or(0));
    const auto* point = scheduling::cheapestWithin(*front, bytes, true);
    if (point == nullptr) point = front->points.empty() ? &front->whole : &front->points.front();
    return lowering::lowerBands(*e.graph, scheduling::planOf(*front, *point), isa);
}

}  // namespace engine
