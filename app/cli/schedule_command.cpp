// SPDX-License-Identifier: GPL-3.0-or-later
// schedule: the least MACs for each size of the arena, by executing the model in bands of rows.
// Every schedule that is shown has been run here and compared with the layers one after the other.

#include <algorithm>

#include "command_context.h"
#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "progress_line.h"
#include "scheduling/schedule_front.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct ScheduleFlags : ModelFlags {
    std::optional<int64_t> sram;
    bool feedsRows = false;
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
struct Row {
    const scheduling::SchedulePoint* point;
    std::string text;
    size_t programBytes = 0;
    bool isIdentical = false;
};

Result<Row> runPoint(const Graph& graph, const scheduling::ScheduleFront& front,
                     const scheduling::SchedulePoint& point, const Values& expected) {
    auto lowered = lowering::lowerBands(graph, scheduling::planOf(front, point));
    if (!lowered) return tl::unexpected(lowered.error());
    Row row{&point, scheduling::describe(front.problems[point.problem], point.schedule),
            lowered->programBytes, false};
    const auto values =
        outputsOf(lowering::Execution(std::move(*lowered), lowering::Kernels::Reference), graph);
    if (!values) return tl::unexpected(values.error());
    row.isIdentical = *values == expected;
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

Json rowJson(const scheduling::ScheduleFront& front, const Row& row) {
    const types::BandPlan& plan = row.point->plan;
    const auto whole = static_cast<double>(front.whole.plan.macs);
    return {{"arena_bytes", plan.arenaBytes},
            {"macs", plan.macs},
            {"macs_factor", whole > 0 ? static_cast<double>(plan.macs) / whole : 1.0},
            {"moved_bytes", plan.movedBytes},
            {"calls", plan.calls},
            {"program_bytes", row.programBytes},
            {"outputs_identical", row.isIdentical},
            {"schedule", row.text},
            {"stages", stagesJson(front.problems[row.point->problem], row.point->schedule)}};
}

Output report(const scheduling::ScheduleFront& front, const std::vector<Row>& rows,
              const ScheduleFlags& flags) {
    Output output;
    output.json = {{"input", flags.feedsRows ? "rows" : "whole"},
                   {"layerwise_arena_bytes", front.whole.plan.arenaBytes},
                   {"layerwise_macs", front.whole.plan.macs},
                   {"schedules_tried", front.tried},
                   {"front", Json::array()}};
    TextTable table({">arena bytes", ">MACs", ">factor", ">moved bytes", ">calls", "schedule"});
    for (const Row& row : rows) {
        output.json["front"].push_back(rowJson(front, row));
        const types::BandPlan& plan = row.point->plan;
        char factor[32];
        std::snprintf(factor, sizeof factor, "%.3f",
                      output.json["front"].back()["macs_factor"].get<double>());
        table.addRow({grouped(plan.arenaBytes), grouped(plan.macs), factor,
                      grouped(plan.movedBytes), grouped(plan.calls), row.text});
    }
    output.text = "each operator as a whole: arena " + grouped(front.whole.plan.arenaBytes) +
                  " bytes, " + grouped(front.whole.plan.macs) + " MACs; " + grouped(front.tried) +
                  " stages and schedules tried; input " +
                  (flags.feedsRows ? "row by row, not in the arena\n" : "whole, in the arena\n") +
                  table.text();
    return output;
}

Result<void> addChosen(const scheduling::ScheduleFront& front, const ScheduleFlags& flags,
                       Output& output) {
    if (!flags.sram) return {};
    const auto* chosen = scheduling::cheapestWithin(front, *flags.sram);
    if (chosen == nullptr)
        return fail("no schedule fits " + grouped(*flags.sram) + " bytes; the smallest needs " +
                        grouped(front.points.front().plan.arenaBytes),
                    flags.path,
                    flags.feedsRows ? "raise --sram" : "raise --sram, or try --feed-rows");
    const size_t index = static_cast<size_t>(chosen - front.points.data());
    output.json["sram_bytes"] = *flags.sram;
    output.json["chosen"] = output.json["front"][index];
    output.text += "within " + grouped(*flags.sram) + " bytes: arena " +
                   grouped(chosen->plan.arenaBytes) + ", " + grouped(chosen->plan.macs) + " MACs\n";
    return {};
}

Result<Output> schedule(const ScheduleFlags& flags) {
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    const auto front = [&] {
        ProgressLine line;
        return scheduling::findFront(**graph, {flags.feedsRows}, line.work());
    }();
    if (!front) return tl::unexpected(front.error());
    auto plain = lowering::Execution::create(**graph, lowering::Kernels::Reference);
    if (!plain) return tl::unexpected(plain.error());
    const auto expected = outputsOf(std::move(*plain), **graph);
    if (!expected) return tl::unexpected(expected.error());
    std::vector<Row> rows;
    for (const scheduling::SchedulePoint& point : front->points) {
        auto row = runPoint(**graph, *front, point, *expected);
        if (!row) return tl::unexpected(row.error());
        rows.push_back(std::move(*row));
    }
    Output output = report(*front, rows, flags);
    if (auto added = addChosen(*front, flags, output); !added) return tl::unexpected(added.error());
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
                     "Also tell the schedule with the least MACs whose arena is at most BYTES")
        ->type_name("BYTES")
        ->check(CLI::PositiveNumber);
    command->add_flag("--feed-rows", flags->feedsRows,
                      "The caller gives the input row by row, as a camera does; otherwise it lies "
                      "in the arena as a whole");
}

}  // namespace app
