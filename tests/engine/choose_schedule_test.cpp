// SPDX-License-Identifier: GPL-3.0-or-later
// The knob of the schedule: what it chooses computes the same as the model, and the evaluation says
// what that needs.
#include "engine/choose_schedule.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/evaluate.h"
#include "engine/schedules_on.h"
#include "footprint/footprint.h"
#include "lowering/seeded_input.h"
#include "runtime/program.h"
#include "zoo/graph_builder.h"

namespace {

using namespace types;
using lowering::Execution;
using lowering::Kernels;

GraphPtr drawnModel(std::mt19937& random) {
    const auto draw = [&](int low, int high) {
        return low + static_cast<int>(random() % static_cast<uint32_t>(high - low + 1));
    };
    zoo::GraphBuilder build("drawn", zoo::Precision::Int8, random());
    auto x = build.input({1, draw(12, 24), draw(8, 20), draw(1, 3)});
    x = build.conv(x, 4 * draw(1, 4), 3, draw(1, 2));
    for (int block = draw(1, 3); block > 0; --block) {
        const auto skip = x;
        x = build.conv(x, 4 * draw(3, 8), 1);
        x = build.depthwise(x, draw(1, 2) * 2 + 1);
        x = build.conv(x, build.shape(skip).back(), 1);
        x = build.add(x, skip);
    }
    x = build.averagePool(x, 2, 2, zoo::Padding::Valid);
    return *build.finish({build.softmax(build.fullyConnected(build.flatten(x), 5))});
}

std::vector<std::vector<uint8_t>> outputsOf(Execution run, const Graph& graph) {
    lowering::SeededInputs seeded(graph, 3);
    for (size_t i = 0; i < run.inputCount(); ++i)
        seeded.fill(i, run.input(i));
    EXPECT_TRUE(run.invoke());
    std::vector<std::vector<uint8_t>> outputs;
    for (size_t i = 0; i < run.outputCount(); ++i)
        outputs.emplace_back(run.output(i).begin(), run.output(i).end());
    return outputs;
}

DevicePtr ownBoard(int64_t sram = 1 << 20) {
    auto device = std::make_shared<DeviceProfile>();
    device->id = device->name = "board";
    device->core = "Cortex-M4";
    device->runtime = kNetcaliperRuntime;
    device->clockMhz = 100;
    device->flashBytes = 1 << 20;
    device->sramBytes = sram;
    KernelCost cost;
    cost.kernel = cost.dtype = "*";
    cost.terms = {{"mac", 2}, {"output", 10}, {"call", 500}};
    cost.relativeError = 0.1;
    device->kernels = {cost};
    return device;
}

ScheduleKnobs within(int64_t bytes) {
    return {static_cast<int32_t>(bytes), std::nullopt, false};
}

TEST(ChooseSchedule, DrawnModelsComputeTheSameWithinDrawnBytes) {
    std::mt19937 random(11);
    for (int i = 0; i < 8; ++i) {
        const GraphPtr graph = drawnModel(random);
        auto plain = Execution::create(*graph, Kernels::Reference);
        ASSERT_TRUE(plain) << plain.error().message();
        const auto expected = outputsOf(std::move(*plain), *graph);
        const auto whole = engine::chooseSchedule(*graph, within(INT32_MAX), nullptr);
        ASSERT_TRUE(whole) << whole.error().message();
        const int64_t most = whole->wholeArenaBytes;
        for (int trial = 0; trial < 4; ++trial) {
            const int64_t bytes = most / 4 + static_cast<int64_t>(random() % uint64_t(most));
            Variation variation;
            variation.schedule = within(bytes);
            variation.schedule.feedRows = trial % 2 == 1;
            const auto e = engine::evaluate(graph, variation, nullptr);
            if (!e) continue;  // the smallest needs more
            const ChosenSchedule& schedule = *(*e)->schedule;
            EXPECT_LE(schedule.row.arenaBytes, bytes);
            EXPECT_TRUE(variation.schedule.feedRows || !schedule.row.isFed);
            for (const Isa isa : {Isa::Portable, Isa::Dsp}) {
                const auto lowered = engine::lowerScheduled(**e, isa);
                ASSERT_TRUE(lowered) << lowered.error().message();
                if (isa != Isa::Portable) continue;
                EXPECT_EQ(outputsOf(Execution(*lowered, Kernels::Reference), *graph), expected)
                    << schedule.row.text;
            }
        }
    }
}

TEST(ChooseSchedule, AnEvaluationCountsWhatRuns) {
    std::mt19937 random(5);
    const GraphPtr graph = drawnModel(random);
    const auto front = engine::schedulesOn(*graph, nullptr, scheduling::Feeding::Both);
    ASSERT_TRUE(front) << front.error().message();
    const auto plain = engine::evaluate(graph, {}, nullptr);
    ASSERT_TRUE(plain);
    for (const ScheduleRow& row : engine::rowsOf(*front)) {
        Variation variation;
        variation.schedule.row = row.number;
        const auto e = engine::evaluate(graph, variation, nullptr);
        ASSERT_TRUE(e) << e.error().message();
        EXPECT_TRUE((*e)->isScheduled());
        EXPECT_EQ((*e)->schedule->row.text, row.text);
        EXPECT_EQ((*e)->plannedBytes(), row.arenaBytes);
        EXPECT_EQ((*e)->totals.macs, row.macs);
        int64_t macs = 0;
        for (const LayerEvaluation& layer : (*e)->layers)
            macs += layer.macs;
        EXPECT_EQ(macs, row.macs);
        EXPECT_EQ((*e)->modelSha256, (*plain)->modelSha256);
        EXPECT_EQ((*e)->graph, graph);
        EXPECT_LE((*e)->netcaliperPlan.lowerBoundBytes, (*e)->netcaliperPlan.arenaBytes);
    }
    Variation beyond;
    beyond.schedule.row = 9999;
    EXPECT_FALSE(engine::evaluate(graph, beyond, nullptr));
    beyond.schedule = within(16);
    EXPECT_FALSE(engine::evaluate(graph, beyond, nullptr));
}

TEST(ChooseSchedule, ABoardOfOurOwnRuntimeIsBudgetedWithIt) {
    std::mt19937 random(5);
    const GraphPtr graph = drawnModel(random);
    const DevicePtr board = ownBoard();
    const auto plain = engine::evaluate(graph, {}, board);
    ASSERT_TRUE(plain);
    const auto front = engine::schedulesOn(*graph, board, scheduling::Feeding::Whole);
    ASSERT_TRUE(front);
    const auto& smallest = scheduling::smallestOf(*front, false);
    ASSERT_LT(front->arenaBytes(smallest), (*plain)->netcaliperPlan.arenaBytes);
    Variation variation;
    variation.schedule = within(front->arenaBytes(smallest));
    const auto e = engine::evaluate(graph, variation, board);
    ASSERT_TRUE(e) << e.error().message();
    EXPECT_EQ((*plain)->sram->usedBytes - (*e)->sram->usedBytes,
              (*plain)->netcaliperPlan.arenaBytes - (*e)->netcaliperPlan.arenaBytes);
    // More calls take more time.
    EXPECT_GT((*e)->totals.latencyUs->value, (*plain)->totals.latencyUs->value);
    EXPECT_NEAR((*e)->totals.latencyUs->value, *(*e)->schedule->row.timeUs, 1e-6);
    double sum = 0;
    for (const LayerEvaluation& layer : (*e)->layers)
        sum += layer.latencyUs->value;
    EXPECT_NEAR(sum, (*e)->totals.latencyUs->value, 1e-6 * sum);
}

TEST(ChooseSchedule, DoesNotActUnderTflm) {
    std::mt19937 random(5);
    const GraphPtr graph = drawnModel(random);
    auto board = std::make_shared<DeviceProfile>(*ownBoard());
    board->runtime = "TFLM + CMSIS-NN";
    const auto plain = engine::evaluate(graph, {}, board);
    Variation variation;
    variation.schedule = within(INT32_MAX);
    const auto e = engine::evaluate(graph, variation, board);
    ASSERT_TRUE(plain && e);
    EXPECT_FALSE((*e)->isScheduled());
    EXPECT_NE((*e)->scheduleGap.find("TFLM"), std::string::npos) << (*e)->scheduleGap;
    EXPECT_EQ((*e)->totals.macs, (*plain)->totals.macs);
    EXPECT_EQ((*e)->sram->usedBytes, (*plain)->sram->usedBytes);
}

}  // namespace
