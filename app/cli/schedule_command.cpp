// SPDX-License-Identifier: GPL-3.0-or-later
// schedule: the least MACs for each size of the arena, by executing the model in bands of rows.
// Every schedule that is shown has been run here and compared with the layers one after the other.

#include <algorithm>
#include <tuple>

#include "command_context.h"
#include "cost/predict_bands.h"
#include "engine/choose_schedule.h"
#include "engine/schedules_on.h"
#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "progress_line.h"
#include "schedule_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct ScheduleFlags : ModelFlags {
    std::optional<int64_t> sram;
    bool isFedOnly = false;
    std::string device;
};

using Values = std::vector<std::vector<uint8_t>>;

Result<Values> outputsOf(lowering::Execution execution, const Graph& graph) {
    lowering::SeededInputs random(graph, 1);
    const auto fill = [&](lowering::Execution& e) -> Result<void> {
        for (size_t i = 0; i < e.inputCount(); ++i)
            random.fill(i, e.input(i));
        return {};
    };
    if (auto ran = execution.invokeHops(fill); !ran) return tl::unexpected(ran.error());
    Values values;
    for (size_t i = 0; i < execution.outputCount(); ++i)
        values.emplace_back(execution.output(i).begin(), execution.output(i).end());
    return values;
}

/// A point of the front as it runs.
struct RunRow {
    ScheduleRow row;
    const scheduling::SchedulePoint* point;
    size_t programBytes = 0;
    std::optional<bool> isIdentical;  ///< outputs; empty: not run here
    std::optional<Estimate> latencyUs;
};

struct Subject {
    GraphPtr graph;
    DevicePtr device;    ///< null: none named
    std::string noTime;  ///< why the device gives no time
    scheduling::ScheduleFront front;
    std::vector<scheduling::Problem> plain;  ///< with plain kernels
};

/// The same schedule with plain kernels, which this machine runs; their outputs are those of packed
/// ones. Empty where the order of operators was found for others alone.
std::optional<BandPlan> plainPlan(const Subject& subject, const scheduling::SchedulePoint& point) {
    const scheduling::Problem& problem = subject.front.problems[point.problem];
    for (const scheduling::Problem& plain : subject.plain)
        if (plain.order == problem.order)
            return scheduling::planBands(plain, point.schedule, true, /*improvements=*/20);
    return std::nullopt;
}

Result<bool> isIdentical(const Graph& graph, const BandPlan& plan, const Values& expected) {
    auto lowered = lowering::lowerBands(graph, plan);
    if (!lowered) return tl::unexpected(lowered.error());
    const auto values =
        outputsOf(lowering::Execution(std::move(*lowered), lowering::Kernels::Reference), graph);
    if (!values) return tl::unexpected(values.error());
    return *values == expected;
}

Result<RunRow> runPoint(const Subject& subject, size_t index, const Values& expected) {
    const scheduling::ScheduleFront& front = subject.front;
    const scheduling::SchedulePoint& point = front.points[index];
    const Isa isa = engine::scheduleIsa(subject.device);
    const BandPlan plan = scheduling::planOf(front, point);
    const auto lowered = lowering::lowerBands(*subject.graph, plan, isa);
    if (!lowered) return tl::unexpected(lowered.error());
    RunRow row{engine::rowsOf(front)[index], &point, lowered->programBytes, {}, {}};
    if (point.timeUs)
        row.latencyUs =
            cost::predictBands(cost::Predictor(subject.device), *subject.graph, plan).latencyUs;
    if (const auto plain = isa == Isa::Portable ? std::optional(plan) : plainPlan(subject, point)) {
        const auto same = isIdentical(*subject.graph, *plain, expected);
        if (!same) return tl::unexpected(same.error());
        row.isIdentical = *same;
    }
    return row;
}

Json stagesJson(const scheduling::Problem& problem, const scheduling::Schedule& schedule) {
    Json stages = Json::array();
    for (const scheduling::Stage& stage : schedule.stages) {
        if (!stage.isBanded()) continue;
        Json ops = Json::array();
        for (int32_t op = stage.first; op < stage.end; ++op)
            ops.push_back(problem.order[static_cast<size_t>(op)]);
        stages.push_back({{"ops", ops}, {"rows", stage.rows}, {"recomputed", stage.recomputed}});
    }
    return stages;
}

double factorOf(const scheduling::ScheduleFront& front, const scheduling::SchedulePoint& point) {
    const auto whole = static_cast<double>(front.whole.plan.macs);
    return whole > 0 ? static_cast<double>(point.plan.macs) / whole : 1.0;
}

void addLatency(Json& json, const Subject& subject, const std::optional<Estimate>& latencyUs) {
    if (!subject.device) return;
    json["latency_us"] = latencyUs ? Json(latencyUs->value) : Json();
    json["latency_low_us"] = latencyUs ? Json(latencyUs->low) : Json();
    json["latency_high_us"] = latencyUs ? Json(latencyUs->high) : Json();
    if (!latencyUs) json["latency_us_reason"] = subject.noTime;
}

Json rowJson(const Subject& subject, const RunRow& row) {
    const BandPlan& plan = row.point->plan;
    Json json = {
        {"row", row.row.number},
        {"arena_bytes", row.row.arenaBytes},
        {"input", inputOf(row.row)},
        {"macs", plan.macs},
        {"macs_factor", factorOf(subject.front, *row.point)},
        {"moved_bytes", plan.movedBytes},
        {"calls", plan.calls},
        {"program_bytes", row.programBytes},
        {"outputs_identical", row.isIdentical ? Json(*row.isIdentical) : Json()},
        {"schedule", row.row.text},
        {"stages", stagesJson(subject.front.problems[row.point->problem], row.point->schedule)}};
    addLatency(json, subject, row.latencyUs);
    return json;
}

std::string tableOf(const Subject& subject, const std::vector<RunRow>& rows) {
    TextTable table({">row", ">arena bytes", "input", ">MACs", ">factor", ">latency",
                     ">moved bytes", ">calls", "schedule"});
    for (const RunRow& row : rows) {
        const BandPlan& plan = row.point->plan;
        char factor[32];
        std::snprintf(factor, sizeof factor, "%.3f", factorOf(subject.front, *row.point));
        table.addRow({std::to_string(row.row.number), grouped(row.row.arenaBytes),
                      row.point->isFed ? "by rows" : "whole", grouped(plan.macs), factor,
                      timeText(row.latencyUs), grouped(plan.movedBytes), grouped(plan.calls),
                      row.row.text});
    }
    return table.text();
}

/// The bytes of the inputs, which rows that are fed leave out of the arena.
int64_t inputBytes(const Graph& graph) {
    int64_t bytes = 0;
    for (int32_t input : graph.inputs)
        bytes += graph.tensor(input).bytes();
    return bytes;
}

Output report(const Subject& subject, const std::vector<RunRow>& rows) {
    const scheduling::ScheduleFront& front = subject.front;
    Output output;
    output.json = {{"device", subject.device ? Json(subject.device->id) : Json()},
                   {"input_bytes", inputBytes(*subject.graph)},
                   {"layerwise_arena_bytes", front.arenaBytes(front.whole)},
                   {"layerwise_macs", front.whole.plan.macs},
                   {"schedules_tried", front.tried},
                   {"front", Json::array()}};
    for (const RunRow& row : rows)
        output.json["front"].push_back(rowJson(subject, row));
    output.text =
        "each operator as a whole: arena " + grouped(front.arenaBytes(front.whole)) + " bytes, " +
        grouped(front.whole.plan.macs) + " MACs; " + grouped(front.tried) +
        " stages and schedules tried\n" + tableOf(subject, rows) + "input whole: its " +
        grouped(inputBytes(*subject.graph)) +
        " bytes lie in the arena. Input by rows: the caller gives it line by line when it "
        "is asked, and only the lines in use lie in the arena.\n";
    if (!subject.noTime.empty()) output.text += "no latency: " + subject.noTime + "\n";
    return output;
}

/// One with the whole input where one fits, else one that is fed; of these the fastest.
const RunRow* cheapestOf(const std::vector<RunRow>& rows, int64_t bytes) {
    const auto costOf = [](const RunRow& row) {
        const BandPlan& plan = row.point->plan;
        return std::tuple(row.row.isFed, row.row.timeUs.value_or(0), plan.macs, plan.movedBytes,
                          plan.calls);
    };
    const RunRow* best = nullptr;
    for (const RunRow& row : rows)
        if (row.row.arenaBytes <= bytes && (best == nullptr || costOf(row) < costOf(*best)))
            best = &row;
    return best;
}

Result<void> addChosen(const Subject& subject, const std::vector<RunRow>& rows,
                       const ScheduleFlags& flags, Output& output) {
    if (!flags.sram) return {};
    const RunRow* chosen = cheapestOf(rows, *flags.sram);
    if (chosen == nullptr) {
        const auto least =
            std::ranges::min(rows, {}, [](const RunRow& row) { return row.row.arenaBytes; });
        return fail("no schedule fits " + grouped(*flags.sram) + " bytes; the smallest needs " +
                        grouped(least.row.arenaBytes),
                    flags.path, "raise --sram");
    }
    output.json["sram_bytes"] = *flags.sram;
    output.json["chosen"] = rowJson(subject, *chosen);
    output.text +=
        "within " + grouped(*flags.sram) + " bytes: row " + std::to_string(chosen->row.number) +
        ", input " + (chosen->row.isFed ? "by rows" : "whole") + ", arena " +
        grouped(chosen->row.arenaBytes) + " bytes, " + grouped(chosen->row.macs) + " MACs\n";
    return {};
}

/// Without a time those that others beat in arena and MACs have nothing to show for it.
std::vector<size_t> shownRows(const Subject& subject, bool isFedOnly) {
    const auto& points = subject.front.points;
    const auto best = scheduling::leastMacs(subject.front);
    std::vector<size_t> rows;
    for (size_t i = 0; i < points.size(); ++i) {
        const bool isShown = points[i].timeUs || std::ranges::find(best, &points[i]) != best.end();
        if (isShown && (points[i].isFed || !isFedOnly)) rows.push_back(i);
    }
    return rows;
}

Result<Subject> readSubject(const ScheduleFlags& flags) {
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    Subject subject{*graph, *device, {}, {}, {}};
    if (*device) subject.noTime = engine::whyNoScheduleTime(**graph, *device);
    ProgressLine line;
    auto front = engine::schedulesOn(**graph, *device, scheduling::Feeding::Both, line.work());
    if (!front) return tl::unexpected(front.error());
    subject.front = std::move(*front);
    if (auto plain = scheduling::makeProblems(**graph)) subject.plain = std::move(*plain);
    return subject;
}

Result<Output> schedule(const ScheduleFlags& flags) {
    const auto subject = readSubject(flags);
    if (!subject) return tl::unexpected(subject.error());
    auto plain = lowering::Execution::create(*subject->graph, lowering::Kernels::Reference);
    if (!plain) return tl::unexpected(plain.error());
    const auto expected = outputsOf(std::move(*plain), *subject->graph);
    if (!expected) return tl::unexpected(expected.error());
    std::vector<RunRow> rows;
    for (const size_t i : shownRows(*subject, flags.isFedOnly)) {
        auto row = runPoint(*subject, i, *expected);
        if (!row) return tl::unexpected(row.error());
        rows.push_back(std::move(*row));
    }
    if (rows.empty())
        return fail("feeding the input by rows saves nothing", flags.path, "leave --feed-rows out");
    Output output = report(*subject, rows);
    if (auto added = addChosen(*subject, rows, flags, output); !added)
        return tl::unexpected(added.error());
    return output;
}

}  // namespace

void addSchedule(CLI::App& app, Context& context) {
    auto flags = std::make_shared<ScheduleFlags>();
    CLI::App* command =
        addCommand(app, context, "schedule", "Find schedules in bands of rows that need less SRAM",
                   [flags] { return schedule(*flags); });
    flags->addTo(*command)->required();
    command
        ->add_option("--sram", flags->sram,
                     "Also tell the schedule with the least time, or MACs without a device, whose "
                     "arena is at most BYTES; one with a whole input where there is one")
        ->type_name("BYTES")
        ->check(CLI::PositiveNumber);
    command->add_flag("--feed-rows", flags->isFedOnly,
                      "Only schedules to which the caller gives the input row by row, as a camera "
                      "does");
    command->add_option("--device", flags->device,
                        "Device id or device file: plan for its core, and predict latencies where "
                        "its profile is of our own runtime");
}

}  // namespace app
