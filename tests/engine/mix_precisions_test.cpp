// SPDX-License-Identifier: GPL-3.0-or-later
// Precisions are chosen by what layers lose alone, within budgets, and nothing that is no gain is
// called one.
#include "engine/mix_precisions.h"

#include <gtest/gtest.h>

#include "calibration/model_inputs.h"
#include "engine/evaluate.h"
#include "tflite/write.h"
#include "zoo/graph_builder.h"

namespace {

using namespace types;

/// Two large layers, a small one and a tiny one.
GraphPtr mixNet() {
    zoo::GraphBuilder build("mix", zoo::Precision::Float32, 7);
    zoo::Value x = build.input({1, 8, 8, 4});
    x = build.conv(x, 16, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.conv(x, 16, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.conv(x, 16, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.flatten(build.averagePool(x, 8, 8));
    return build.finish({build.softmax(build.fullyConnected(x, 6))}).value();
}

Variation mixed(std::optional<int32_t> flashBudget = {}) {
    Variation variation;
    variation.quantize.precision = Precision::Auto;
    variation.quantize.flashBudget = flashBudget;
    return variation;
}

Result<MixedPrecision> mix(const GraphPtr& graph, const Variation& variation,
                           const DevicePtr& device = nullptr) {
    return engine::mixPrecisions(graph, variation, calibration::randomInputs(*graph, 40, 1), device,
                                 {});
}

DevicePtr board() {
    auto device = std::make_shared<DeviceProfile>();
    device->id = device->name = "board";
    device->clockMhz = 100;
    device->flashBytes = device->sramBytes = 1 << 20;
    for (const auto& [dtype, cycles] :
         {std::pair{"int8", 4.0}, std::pair{"int16", 8.0}, std::pair{"*", 4.0}}) {
        KernelCost cost;
        cost.kernel = "*";
        cost.dtype = dtype;
        cost.terms = {{"mac", cycles}, {"call", 100}};
        cost.relativeError = 0.1;
        device->kernels.push_back(cost);
    }
    return device;
}

size_t countIn(const MixedPrecision& mix, Precision precision) {
    return static_cast<size_t>(
        std::ranges::count(mix.layers, precision, &PrecisionChoice::precision));
}

TEST(MixPrecisions, ABudgetThatInt8KeepsChangesNothing) {
    const auto graph = mixNet();
    const auto chosen = mix(graph, mixed(1 << 20)).value();
    EXPECT_EQ(countIn(chosen, Precision::Int8), 4u);
    EXPECT_TRUE(chosen.isWithinBudget);
    Variation int8;
    int8.quantize.precision = Precision::Int8;
    EXPECT_EQ(chosen.variation, int8);
    EXPECT_NE(engine::sentencesOf(chosen)[0].find("nothing else is worth it"), std::string::npos);
}

TEST(MixPrecisions, TakesNoMoreLayersThanTheBudgetNeeds) {
    const auto graph = mixNet();
    const auto free = mix(graph, mixed(1 << 20)).value();
    // Half of the weights of one large layer.
    const auto budget = static_cast<int32_t>(free.int8.flashBytes - 1100);
    const auto chosen = mix(graph, mixed(budget)).value();
    EXPECT_TRUE(chosen.isWithinBudget);
    EXPECT_EQ(countIn(chosen, Precision::Int8W4), 1u);
    EXPECT_LE(chosen.mixed.flashBytes, budget);
    // The one that was taken loses least of those that suffice.
    double taken = 0, least = 1e9;
    for (const PrecisionChoice& choice : chosen.layers)
        for (const TriedPrecision& tried : choice.tried) {
            if (choice.precision == Precision::Int8W4) taken = tried.worth.distance;
            if (free.int8.flashBytes - tried.worth.flashBytes >= 1100)
                least = std::min(least, tried.worth.distance);
        }
    EXPECT_EQ(taken, least);
}

TEST(MixPrecisions, AMissedBudgetIsSaid) {
    const auto chosen = mix(mixNet(), mixed(100)).value();
    EXPECT_FALSE(chosen.isWithinBudget);
    EXPECT_GE(countIn(chosen, Precision::Int8W4), 3u);
    EXPECT_NE(engine::sentencesOf(chosen)[0].find("the budget is missed"), std::string::npos);
}

TEST(MixPrecisions, WithoutABudgetOutputsStayAsNearAsInInt8) {
    const auto chosen = mix(mixNet(), mixed()).value();
    EXPECT_LE(chosen.mixed.distance, chosen.int8.distance + 0.005);
    EXPECT_LE(chosen.mixed.flashBytes, chosen.int8.flashBytes);
}

TEST(MixPrecisions, TimeThatIsLeftBuysNearerOutputs) {
    const auto graph = mixNet();
    Variation variation = mixed();
    variation.quantize.latencyBudgetUs = 1e6;
    const auto rich = mix(graph, variation, board()).value();
    EXPECT_GT(countIn(rich, Precision::Int16x8), 0u);
    EXPECT_LT(rich.mixed.distance, rich.int8.distance);
    EXPECT_GT(*rich.mixed.latencyUs, *rich.int8.latencyUs);
    variation.quantize.latencyBudgetUs = *rich.int8.latencyUs * 1.0001;
    const auto poor = mix(graph, variation, board()).value();
    EXPECT_EQ(countIn(poor, Precision::Int16x8), 0u);
}

TEST(MixPrecisions, TimeNeedsABoard) {
    Variation variation = mixed();
    variation.quantize.latencyBudgetUs = 1e6;
    const auto none = mix(mixNet(), variation);
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message().find("--device"), std::string::npos);
}

TEST(MixPrecisions, OnlyOpenLayersAreChosen) {
    const auto graph = mixNet();
    Variation variation;
    variation.quantize.precision = Precision::Int8;
    variation.layers[1].precision = Precision::Auto;
    variation.quantize.flashBudget = 100;
    const auto chosen = mix(graph, variation).value();
    ASSERT_EQ(chosen.layers.size(), 1u);
    EXPECT_EQ(chosen.layers[0].op, 1);
    EXPECT_EQ(chosen.variation.layers.at(1).precision, Precision::Int8W4);
}

TEST(MixPrecisions, AnEvaluationHoldsThePlanAndItsWorth) {
    const auto graph = mixNet();
    Variation variation = mixed(100);
    variation.quantize.equalize = variation.quantize.correctBias = false;
    const auto e = engine::evaluate(graph, variation, nullptr);
    ASSERT_TRUE(e) << e.error().message();
    ASSERT_TRUE((*e)->mix);
    EXPECT_EQ((*e)->variation, variation);
    EXPECT_FALSE((*e)->mix->variation.choosesPrecisions());
    // The plan alone makes the same model.
    const auto again = engine::evaluate(graph, (*e)->mix->variation, nullptr);
    EXPECT_EQ((*again)->modelSha256, (*e)->modelSha256);
    EXPECT_FALSE((*again)->mix);
}

}  // namespace
