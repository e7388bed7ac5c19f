// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/repeats.h"

#include <gtest/gtest.h>

#include "support/wide_networks.h"
#include "zoo/reference_models.h"

namespace {

using namespace layout;
using types::RepeatedBlock;

TEST(Repeats, FindsTheBlocksOfMobileNet) {
    const auto graph = zoo::wakeWordsMobileNetV1(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    const auto blocks = findRepeats(**graph, 0);
    // Five times depthwise and pointwise on 6 x 6 x 128.
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].length, 2);
    EXPECT_EQ(blocks[0].rounds, 5);
    EXPECT_EQ((*graph)->ops[size_t(blocks[0].first)].kind, types::OpKind::DEPTHWISE_CONV_2D);
}

TEST(Repeats, FindsResidualBlocksAtTheirBorders) {
    const auto graph = wide::model(40);
    const auto blocks = findRepeats(*graph, 3);
    ASSERT_EQ(blocks.size(), 1u);
    // Between an ADD and the next block only one tensor is alive.
    EXPECT_EQ(blocks[0], (RepeatedBlock{3, 0, 4, 10}));
}

TEST(Repeats, TakesTheShortestRound) {
    // Two different blocks in turn are one block of eight operators.
    const auto blocks = findRepeats(*wide::model(64, 2), 0);
    ASSERT_FALSE(blocks.empty());
    EXPECT_EQ(blocks[0].length, 8);
    int32_t covered = 0, end = 0;
    for (const RepeatedBlock& block : blocks) {
        EXPECT_GE(block.first, end);
        end = block.end();
        covered += block.length * block.rounds;
    }
    EXPECT_GE(covered, 48);
}

TEST(Repeats, OtherShapesActivationsOrWiringAreNoRepeat) {
    auto graph = std::make_shared<types::Graph>(*wide::model(16));
    EXPECT_EQ(findRepeats(*graph, 0).size(), 1u);
    types::Graph shaped = *graph;
    shaped.tensors[5].shape = {1, 8, 8, 9};
    EXPECT_NE(findRepeats(shaped, 0), findRepeats(*graph, 0));
    types::Graph wired = *graph;
    for (size_t add = 3; add < wired.ops.size(); add += 8)
        wired.ops[add].inputs[1] = wired.ops[add].inputs[0];
    for (const RepeatedBlock& block : findRepeats(wired, 0))
        EXPECT_NE(block.length, 4);
    types::Graph active = *graph;
    types::ArithmeticOptions relu;
    relu.activation = types::Activation::Relu;
    active.ops[7].options = relu;
    EXPECT_NE(findRepeats(active, 0), findRepeats(*graph, 0));
}

TEST(Repeats, NothingRepeatsInAnAutoencoderButItsEqualLayers) {
    const auto graph = zoo::anomalyAutoencoder(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    for (const RepeatedBlock& block : findRepeats(**graph, 0)) {
        EXPECT_EQ(block.length, 1);
        EXPECT_GE(block.rounds, 3);
    }
    EXPECT_TRUE(findRepeats(types::Graph(), 0).empty());
}

}  // namespace
