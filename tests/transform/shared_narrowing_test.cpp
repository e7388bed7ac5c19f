// SPDX-License-Identifier: GPL-3.0-or-later
// Variations that share what they compute alike are those that share nothing.
#include "transform/shared_narrowing.h"

#include <gtest/gtest.h>

#include <thread>

#include "calibration/model_inputs.h"
#include "tflite/write.h"
#include "zoo/graph_builder.h"

namespace {

using namespace transform;
using types::GraphPtr;
using types::ImportanceMeasure;
using types::Variation;
using zoo::Padding;

/// A residual block that can be left out (layers 1 to 3), and a depthwise layer.
GraphPtr sharingNet(zoo::Precision precision) {
    zoo::GraphBuilder build("shared", precision, 3);
    zoo::Value x = build.input({1, 8, 8, 3});
    x = build.conv(x, 12, 3, 1, Padding::Same, zoo::Activation::Relu);
    const zoo::Value y = build.conv(x, 12, 3, 1, Padding::Same, zoo::Activation::Relu);
    x = build.add(x, build.conv(y, 12, 3, 1, Padding::Same), zoo::Activation::Relu);
    x = build.depthwise(x, 3, 2, Padding::Same, zoo::Activation::Relu);
    x = build.conv(x, 16, 1, 1, Padding::Same, zoo::Activation::Relu6);
    return build.finish({build.fullyConnected(build.flatten(x), 5)}).value();
}

Variation pruned(double width, double share, ImportanceMeasure measure) {
    Variation variation;
    variation.width = width;
    variation.prune.channels = share;
    variation.prune.measure = measure;
    variation.prune.scope = types::PruneScope::PerLayer;
    return variation;
}

/// Widths and shares in the order of a grid, layers of their own, a block, precisions.
std::vector<Variation> manyVariations() {
    std::vector<Variation> all;
    for (ImportanceMeasure measure :
         {ImportanceMeasure::L1, ImportanceMeasure::Similarity, ImportanceMeasure::Sensitivity})
        for (double width : {1.0, 0.75, 0.5})
            for (double share : {0.0, 0.25})
                all.push_back(pruned(width, share, measure));
    Variation ofLayer = pruned(0.75, 0, ImportanceMeasure::L1);
    ofLayer.layers[4].width = 0.5;
    all.push_back(ofLayer);
    ofLayer.layers[0].pruneChannels = 0.5;
    all.push_back(ofLayer);
    Variation withoutBlock = pruned(0.75, 0.25, ImportanceMeasure::Similarity);
    withoutBlock.layers[3].dropBlock = true;
    all.push_back(withoutBlock);
    for (types::Precision precision : {types::Precision::Int8, types::Precision::Int16x8}) {
        all.push_back(pruned(0.75, 0.25, ImportanceMeasure::Similarity));
        all.back().quantize.precision = precision;
        all.back().quantize.equalize = true;
        all.back().quantize.correctBias = false;
    }
    Variation open = pruned(1, 0.25, ImportanceMeasure::L1);
    open.prune.measure.reset();
    open.prune.scope.reset();
    all.push_back(open);
    return all;
}

void expectEqual(const types::Result<Varied>& one, const types::Result<Varied>& other,
                 const Variation& variation) {
    ASSERT_EQ(one.has_value(), other.has_value()) << variation.label();
    if (!one) {
        EXPECT_EQ(one.error().message(), other.error().message()) << variation.label();
        return;
    }
    const auto bytes = tflite::writeBytes(*one->graph), same = tflite::writeBytes(*other->graph);
    EXPECT_TRUE(std::ranges::equal(bytes.view(), same.view())) << variation.label();
    EXPECT_EQ(one->changes, other->changes) << variation.label();
}

class SharedNarrowingTest : public testing::TestWithParam<zoo::Precision> {};

TEST_P(SharedNarrowingTest, MakesTheModelsOfEachVariationAlone) {
    const auto graph = sharingNet(GetParam());
    const auto inputs = calibration::randomInputs(*graph, 24, 1);
    const auto shared = std::make_shared<SharedNarrowing>(graph);
    for (const Variation& variation : manyVariations())
        expectEqual(apply(graph, variation, {inputs, {}, {}, shared}),
                    apply(graph, variation, {inputs, {}, {}, nullptr}), variation);
}

TEST_P(SharedNarrowingTest, ServesManyThreads) {
    const auto graph = sharingNet(GetParam());
    const auto inputs = calibration::randomInputs(*graph, 24, 1);
    const auto shared = std::make_shared<SharedNarrowing>(graph);
    const std::vector<Variation> variations = {pruned(0.75, 0.25, ImportanceMeasure::Similarity),
                                               pruned(0.75, 0.5, ImportanceMeasure::Similarity),
                                               pruned(0.5, 0.25, ImportanceMeasure::Similarity),
                                               pruned(1, 0.25, ImportanceMeasure::L1)};
    std::vector<types::Result<Varied>> made(variations.size(), tl::unexpected(types::Error()));
    {
        std::vector<std::jthread> threads;
        for (size_t i = 0; i < variations.size(); ++i)
            threads.emplace_back([&, i] {
                made[i] = apply(graph, variations[i], {inputs, {}, {}, shared});
            });
    }
    for (size_t i = 0; i < variations.size(); ++i)
        expectEqual(made[i], apply(graph, variations[i], {inputs, {}, {}, nullptr}), variations[i]);
}

TEST_P(SharedNarrowingTest, LeavesOtherModelsAlone) {
    const auto graph = sharingNet(GetParam());
    const auto other = std::make_shared<const types::Graph>(*graph);
    const auto shared = std::make_shared<SharedNarrowing>(graph);
    EXPECT_TRUE(shared->serves(graph));
    EXPECT_FALSE(shared->serves(other));
    const Variation variation = pruned(0.5, 0, ImportanceMeasure::L1);
    expectEqual(apply(other, variation, {nullptr, {}, {}, shared}),
                apply(other, variation, {nullptr, {}, {}, nullptr}), variation);
}

INSTANTIATE_TEST_SUITE_P(Precisions, SharedNarrowingTest,
                         testing::Values(zoo::Precision::Float32, zoo::Precision::Int8),
                         [](const auto& tested) {
                             return tested.param == zoo::Precision::Int8 ? "Int8" : "Float32";
                         });

}  // namespace
