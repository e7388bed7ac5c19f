// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate.h"

#include <gtest/gtest.h>

#include "bytes/sha256.h"
#include "footprint/footprint.h"
#include "memory/greedy_planner.h"
#include "tflite/write.h"
#include "types/target.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;

DevicePtr boardOf(int64_t flash, int64_t sram) {
    auto device = std::make_shared<DeviceProfile>();
    device->id = "board";
    device->clockMhz = 100;
    device->flashBytes = flash;
    device->sramBytes = sram;
    device->activePowerMw = 50;
    device->reservedFlash = {{"runtime", 1000, "test"}};
    KernelCost cost;
    cost.kernel = cost.dtype = "*";
    cost.terms = {{"mac", 4}, {"output", 2}, {"call", 100}};
    cost.relativeError = 0.1;
    device->kernels = {cost};
    return device;
}

EvaluationPtr evaluated(const Variation& variation, const DevicePtr& device = nullptr) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8);
    EXPECT_TRUE(graph);
    const auto evaluation = engine::evaluate(*graph, variation, device);
    EXPECT_TRUE(evaluation) << evaluation.error().message();
    return *evaluation;
}

/// The invariants that hold for every evaluation.
void expectInvariants(const Evaluation& e) {
    Totals sum;
    double latency = 0, energy = 0;
    for (const LayerEvaluation& layer : e.layers) {
        sum.macs += layer.macs;
        sum.ops += layer.ops;
        sum.params += layer.params;
        sum.weightBytes += layer.weightBytes;
        if (layer.latencyUs) latency += layer.latencyUs->value;
        if (layer.energyUj) energy += layer.energyUj->value;
    }
    EXPECT_EQ(sum.macs, e.totals.macs);
    EXPECT_EQ(sum.ops, e.totals.ops);
    EXPECT_EQ(sum.params, e.totals.params);
    EXPECT_EQ(sum.weightBytes, e.totals.weightBytes);
    if (e.totals.latencyUs) {
        EXPECT_NEAR(e.totals.latencyUs->value, latency, 1e-6 * latency);
    }
    if (e.totals.energyUj) {
        EXPECT_NEAR(e.totals.energyUj->value, energy, 1e-6 * energy);
    }
    EXPECT_TRUE(memory::isConsistent(e.plan));
    EXPECT_EQ(static_cast<size_t>(e.totals.modelBytes), tflite::writeBytes(*e.graph).size());
    EXPECT_EQ(e.totals.arenaBytes, e.plan.arenaBytes);
    EXPECT_EQ(e.modelSha256, bytes::sha256(tflite::writeBytes(*e.graph).view()));
}

TEST(Evaluate, HoldsItsInvariantsAtEveryWidth) {
    for (double width : {1.0, 0.75, 0.5, 0.25}) {
        Variation variation;
        variation.width = width;
        expectInvariants(*evaluated(variation, boardOf(1 << 20, 1 << 18)));
    }
}

// A board of our own runtime is budgeted with it: a Program, its code, the arena of netcaliperPlan.
TEST(Evaluate, BudgetsAreThoseOfTheDevicesRuntime) {
    auto device = std::make_shared<DeviceProfile>(*boardOf(1 << 20, 1 << 18));
    device->core = "Cortex-M4";
    const auto tflm = evaluated({}, device);
    EXPECT_EQ(tflm->flash->lines[0].bytes, tflm->totals.modelBytes);
    device = std::make_shared<DeviceProfile>(*device);
    device->runtime = kNetcaliperRuntime;
    const auto own = evaluated({}, device);
    EXPECT_EQ(own->totals.arenaBytes, tflm->totals.arenaBytes);
    EXPECT_NEAR(static_cast<double>(own->sram->blockBytes),
                static_cast<double>(own->netcaliperPlan.arenaBytes), 16);
    const auto trial = footprint::of(*own->graph, *device, Runtime::Netcaliper);
    ASSERT_TRUE(trial);
    EXPECT_EQ(own->flash->usedBytes, trial->flash.usedBytes);
    EXPECT_EQ(own->sram->usedBytes, trial->sram.usedBytes);
    const auto& lines = own->flash->lines;
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const BudgetLine& line) {
        return line.what == "packed_conv_dsp: CONV_2D, FULLY_CONNECTED";
    }));
}

TEST(Evaluate, TheOriginalIsTheVeryGraph) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    const auto e = engine::evaluate(*graph, Variation{}, nullptr);
    ASSERT_TRUE(e);
    EXPECT_EQ((*e)->graph, *graph);
    EXPECT_EQ((*e)->samples, 0);
    EXPECT_FALSE((*e)->totals.latencyUs);
}

TEST(Evaluate, ANarrowerModelIsRunAndCompared) {
    Variation half;
    half.width = 0.5;
    const auto e = evaluated(half);
    EXPECT_LT(e->totals.macs, 2656768 / 2);
    EXPECT_EQ(e->samples, 8);
    EXPECT_TRUE(e->totals.sqnrDb);
    EXPECT_TRUE(e->totals.agreement);
    EXPECT_FALSE(e->changes.empty());
}

TEST(Evaluate, LatencyFollowsTheDeviceRow) {
    const auto e = evaluated(Variation{}, boardOf(1 << 20, 1 << 18));
    const LayerEvaluation& conv = e->layers[0];
    const int64_t outputs = elementCount(conv.outputShapes[0]);
    const double cycles =
        4.0 * static_cast<double>(conv.macs) + 2.0 * static_cast<double>(outputs) + 100;
    ASSERT_TRUE(conv.latencyUs);
    EXPECT_NEAR(conv.latencyUs->value, cycles / 100, 1e-6 * cycles);
    ASSERT_TRUE(conv.energyUj);
    EXPECT_NEAR(conv.energyUj->value, conv.latencyUs->value * 0.05, 1e-6);
}

TEST(Evaluate, SaysByHowManyBytesItDoesNotFit) {
    const auto e = evaluated(Variation{}, boardOf(20000, 1000));
    ASSERT_TRUE(e->flash && e->sram);
    EXPECT_FALSE(e->flash->fits());
    EXPECT_EQ(e->flash->spareBytes(), 20000 - 1000 - e->totals.modelBytes);
    EXPECT_FALSE(e->sram->fits());
}

TEST(Evaluate, WithoutSamplesTheOriginalIsNotRun) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    Variation variation;
    variation.width = 0.5;
    engine::EvaluateOptions options;
    options.samples = 0;
    const auto e = engine::evaluate(*graph, variation, nullptr, options);
    ASSERT_TRUE(e) << e.error().message();
    EXPECT_EQ((*e)->samples, 0);
    EXPECT_FALSE((*e)->totals.agreement);
    EXPECT_FALSE((*e)->totals.sqnrDb);
    EXPECT_TRUE((*e)->notRunnableReason.empty());
    EXPECT_TRUE(std::ranges::none_of((*e)->layers, [](const auto& l) { return l.error.has_value(); }));
}

// Stopped while the samples run, not before.
TEST(Evaluate, StopsWithinTheSamples) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    Variation variation;
    variation.width = 0.5;
    std::stop_source stop;
    Work work{stop.get_token()};
    work.progress = [&](double share, const char*) {
        if (share > 0.5) stop.request_stop();
    };
    const auto e = engine::evaluate(*graph, variation, nullptr, {}, work);
    ASSERT_FALSE(e);
    EXPECT_TRUE(e.error().isCancelled());
}

TEST(Evaluate, AModelWithoutOutputsIsVariedButNotCompared) {
    auto graph = std::make_shared<Graph>(**zoo::keywordDsCnn(zoo::Precision::Int8));
    graph->outputs.clear();
    Variation variation;
    variation.quantize.precision = types::Precision::Float32;
    const auto e = engine::evaluate(graph, variation, nullptr);
    ASSERT_TRUE(e) << e.error().message();
    EXPECT_FALSE((*e)->totals.agreement);
}

TEST(Evaluate, StopsWhenAsked) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    std::stop_source stop;
    stop.request_stop();
    const auto e = engine::evaluate(*graph, Variation{}, nullptr, {}, {stop.get_token()});
    ASSERT_FALSE(e);
    EXPECT_TRUE(e.error().isCancelled());
    EXPECT_EQ(e.error().message(), "cancelled");
}

TEST(Evaluate, ReportsProgressForward) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    std::vector<double> shares;
    const Work work{{}, [&](double share, const char*) { shares.push_back(share); }};
    ASSERT_TRUE(engine::evaluate(*graph, Variation{}, nullptr, {}, work));
    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
    EXPECT_EQ(shares.back(), 1.0);
}

TEST(Evaluate, AModelThatCannotRunIsStillCounted) {
    auto graph = std::make_shared<Graph>();
    graph->buffers.emplace_back();
    graph->tensors.resize(2);
    for (Tensor& t : graph->tensors)
        t.shape = {1, 8};
    Op op;
    op.kind = OpKind::CUSTOM;
    op.customCode = "Mystery";
    op.inputs = {0};
    op.outputs = {1};
    graph->ops = {op};
    graph->inputs = {0};
    graph->outputs = {1};
    const auto e = engine::evaluate(graph, Variation{}, boardOf(1 << 20, 1 << 20));
    ASSERT_TRUE(e);
    EXPECT_FALSE((*e)->layers[0].supported);
    EXPECT_NE((*e)->notRunnableReason.find("Mystery"), std::string::npos);
    EXPECT_EQ((*e)->totals.arenaBytes, 64);
}

}  // namespace
