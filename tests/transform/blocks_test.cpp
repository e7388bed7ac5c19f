// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks are found by their structure, left out whole, and what is around them is solved again.
#include "transform/channels/blocks.h"

#include <gtest/gtest.h>

#include "calibration/model_inputs.h"
#include "calibration/output_distance.h"
#include "graph_surgery.h"
#include "lowering/requirements.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "zoo/graph_builder.h"

namespace {

using types::GraphPtr;
using types::ModelBlock;
using types::Variation;
using zoo::Padding;

/// A stem, a residual block of one shape (1, 2, 3), one that shrinks (4 to 7), a head.
GraphPtr blockNet(zoo::Precision precision) {
    zoo::GraphBuilder build("blocks", precision, 3);
    zoo::Value x = build.input({1, 8, 8, 3});
    x = build.conv(x, 12, 3, 1, Padding::Same, zoo::Activation::Relu);
    zoo::Value y = build.conv(x, 12, 3, 1, Padding::Same, zoo::Activation::Relu);
    y = build.conv(y, 12, 3, 1, Padding::Same);
    x = build.add(x, y, zoo::Activation::Relu);
    y = build.conv(x, 16, 3, 2, Padding::Same, zoo::Activation::Relu);
    y = build.conv(y, 16, 3, 1, Padding::Same);
    x = build.add(y, build.conv(x, 16, 1, 2), zoo::Activation::Relu);
    return build.finish({build.softmax(build.fullyConnected(build.flatten(x), 5))}).value();
}

std::vector<int32_t> endsOf(const types::Graph& graph) {
    std::vector<int32_t> ends;
    for (const ModelBlock& block : transform::findBlocks(graph))
        ends.push_back(block.last);
    return ends;
}

Variation without(int32_t block) {
    Variation variation;
    variation.layers[block].dropBlock = true;
    return variation;
}

transform::ApplyContext onRandomData(const GraphPtr& graph) {
    transform::ApplyContext context;
    context.calibration = calibration::randomInputs(*graph, 64, 1);
    return context;
}

TEST(Blocks, AreFoundBetweenActivationsOfOneShape) {
    const auto graph = blockNet(zoo::Precision::Float32);
    // The layers of the first block alone keep their shape, too; the sum of the second does not.
    EXPECT_EQ(endsOf(*graph), (std::vector<int32_t>{1, 2, 3, 5}));
    const auto blocks = transform::findBlocks(*graph);
    EXPECT_EQ(blocks[2].ops, 3);
    EXPECT_EQ(blocks[2].name, "#1 CONV_2D to #3 ADD");
    EXPECT_EQ(blocks[2].macs, 2 * 64 * 12 * 12 * 9);
    EXPECT_EQ(blocks[2].weightBytes, 2 * 12 * 12 * 9 * 4);
}

// Other readers of the entry keep its scale, so the readers of the exit cannot read it.
TEST(Blocks, OfQuantizedModelsKeepScales) {
    const auto graph = surgery::copyOf(blockNet(zoo::Precision::Int8));
    const auto isBlock = [&](int32_t last) {
        const auto ends = endsOf(*graph);
        return std::ranges::count(ends, last) == 1;
    };
    const int32_t exit = graph->ops[1].output(0);
    graph->tensors[static_cast<size_t>(exit)].quantization.scale = {0.123f};
    EXPECT_FALSE(isBlock(1));
    EXPECT_TRUE(isBlock(3));
}

TEST(Blocks, AreLeftOutWhole) {
    for (auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        const auto graph = blockNet(precision);
        const auto varied = transform::apply(graph, without(3)).value();
        EXPECT_EQ(varied.graph->ops.size(), graph->ops.size() - 3);
        EXPECT_LT(tflite::writeBytes(*varied.graph).size() + 2 * 12 * 12 * 9,
                  tflite::writeBytes(*graph).size());
        EXPECT_TRUE(tflite::readBytes(tflite::writeBytes(*varied.graph), "again"));
        EXPECT_TRUE(lowering::checkRunnable(*varied.graph));
        EXPECT_EQ(surgery::macsOf(*graph) - surgery::macsOf(*varied.graph), 2 * 64 * 12 * 12 * 9);
    }
}

// A linear layer behind a linear layer is linear: its writer can take it over.
TEST(Blocks, RecoveryMakesUpForThem) {
    for (auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        zoo::GraphBuilder build("linear", precision, 3);
        zoo::Value x = build.conv(build.input({1, 8, 8, 3}), 12, 3);
        x = build.conv(build.conv(x, 12, 1), 8, 3, 1, Padding::Same, zoo::Activation::Relu);
        x = build.flatten(build.averagePool(x, 4, 4));
        const auto graph = build.finish({build.softmax(build.fullyConnected(x, 5))}).value();
        const auto judge = calibration::OutputDistance::create(
                               *graph, calibration::randomInputs(*graph, 32, 9)->samples)
                               .value();
        Variation variation = without(1);
        variation.prune.recover = false;
        const auto cut = transform::apply(graph, variation, onRandomData(graph)).value();
        variation.prune.recover.reset();
        const auto recovered = transform::apply(graph, variation, onRandomData(graph)).value();
        EXPECT_LT(judge.to(*recovered.graph).value(), 0.2 * judge.to(*cut.graph).value());
    }
}

TEST(Blocks, AndChannelsAreRecoveredTogether) {
    const auto graph = blockNet(zoo::Precision::Int8);
    Variation variation = without(3);
    variation.layers[4].pruneChannels = 0.25;
    variation.prune.measure = types::ImportanceMeasure::L1;
    const auto varied = transform::apply(graph, variation, onRandomData(graph));
    ASSERT_TRUE(varied) << varied.error().message();
    EXPECT_TRUE(lowering::checkRunnable(*varied->graph));
    EXPECT_EQ(varied->graph->ops[1].origin, 4);
    EXPECT_EQ(varied->graph->tensor(varied->graph->ops[1].output(0)).shape.back(), 12);
}

TEST(Blocks, AWrongOneIsAnsweredByTheList) {
    const auto graph = blockNet(zoo::Precision::Float32);
    for (int32_t wrong : {0, 4, 99}) {
        const auto varied = transform::apply(graph, without(wrong));
        ASSERT_FALSE(varied);
        EXPECT_EQ(varied.error().where, "block " + std::to_string(wrong));
        EXPECT_NE(varied.error().remedy.find("3 (#1 CONV_2D to #3 ADD)"), std::string::npos)
            << varied.error().message();
    }
}

// Two blocks in a row, the second first: what is left of the first still ends at the same operator.
TEST(Blocks, SeveralGoTogether) {
    zoo::GraphBuilder build("chain", zoo::Precision::Float32, 3);
    zoo::Value x = build.input({1, 8, 8, 4});
    for (int i = 0; i < 4; ++i)
        x = build.conv(x, 4, 3, 1, Padding::Same, zoo::Activation::Relu);
    const auto graph = build.finish({build.averagePool(x, 8, 8)}).value();
    Variation variation = without(1);
    variation.layers[2].dropBlock = true;
    const auto varied = transform::apply(graph, variation, onRandomData(graph)).value();
    EXPECT_EQ(varied.graph->ops.size(), 3u);
    EXPECT_TRUE(lowering::checkRunnable(*varied.graph));
}

TEST(Blocks, OtherReadersOfTheEntryKeepIt) {
    zoo::GraphBuilder build("shared", zoo::Precision::Float32, 3);
    const zoo::Value x = build.conv(build.input({1, 8, 8, 3}), 4, 3);
    const zoo::Value y = build.conv(x, 4, 3);
    const auto graph = build.finish({build.add(x, build.conv(y, 4, 1))}).value();
    const auto varied = transform::apply(graph, without(1), onRandomData(graph)).value();
    EXPECT_EQ(varied.graph->ops.size(), 3u);
    EXPECT_EQ(varied.graph->ops[1].input(0), varied.graph->ops[0].output(0));
}

}  // namespace
