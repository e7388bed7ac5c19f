// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/channel_groups.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "zoo/graph_builder.h"

namespace {

using namespace surgery;
using namespace zoo;
using transform::ChannelGroup;
using types::OpKind;

using Ops = std::vector<int32_t>;

types::GraphPtr finished(GraphBuilder& build, const std::vector<Value>& outputs) {
    auto graph = build.finish(outputs);
    EXPECT_TRUE(graph) << graph.error().message();
    return *graph;
}

TEST(ChannelGroups, AConvolutionAndTheDepthwiseBehindItShareTheirChannels) {
    GraphBuilder build("chain");
    Value x = build.input({1, 8, 8, 3});
    x = build.conv(x, 16, 3);
    x = build.depthwise(x, 3);
    x = build.conv(x, 24, 1);
    const auto graph = finished(build, {build.conv(x, 5, 1)});
    const auto groups = groupsOf(*graph);
    ASSERT_EQ(groups.groups().size(), 3u);
    EXPECT_EQ(producersOf(groups.groups()[0]), (Ops{0, 1}));
    EXPECT_EQ(groups.groups()[0].units.size(), 16u);
    EXPECT_TRUE(groups.groups()[0].removable());
    EXPECT_EQ(producersOf(groups.groups()[1]), (Ops{2}));
    EXPECT_EQ(groups.groups()[1].units.size(), 24u);
    EXPECT_FALSE(groups.groups()[2].removable());
    EXPECT_NE(groups.groups()[2].keptBecause.find("model's output"), std::string::npos);
}

TEST(ChannelGroups, AResidualSumJoinsItsBranches) {
    GraphBuilder build("residual");
    const Value x = build.conv(build.input({1, 8, 8, 3}), 16, 3);  // 0
    const Value y = build.conv(build.conv(x, 8, 3), 16, 3);        // 1, 2
    const Value sum = build.add(x, y, Activation::Relu);
    const auto graph = finished(build, {build.conv(sum, 4, 1)});
    const auto groups = groupsOf(*graph);
    EXPECT_EQ(producersOf(groupOf(groups, 0)), (Ops{0, 2}));
    EXPECT_EQ(producersOf(groupOf(groups, 1)), (Ops{1}));
}

TEST(ChannelGroups, ASumWithTheModelInputKeepsTheChannels) {
    GraphBuilder build("residual");
    const Value x = build.input({1, 8, 8, 4});
    const Value sum = build.add(x, build.conv(x, 4, 3));
    const auto graph = finished(build, {build.conv(sum, 4, 1)});
    const auto groups = groupsOf(*graph);
    EXPECT_NE(groupOf(groups, 0).keptBecause.find("model's input"), std::string::npos);
}

TEST(ChannelGroups, ConcatenatedLayersStayApart) {
    GraphBuilder build("concat");
    const Value x = build.input({1, 8, 8, 3});
    const Value joined = build.concat({build.conv(x, 8, 3), build.conv(x, 12, 1)});
    const auto graph = finished(build, {build.conv(joined, 4, 1)});
    const auto groups = groupsOf(*graph);
    EXPECT_EQ(groupOf(groups, 0).units.size(), 8u);
    EXPECT_EQ(groupOf(groups, 1).units.size(), 12u);
    // Element 8 of the joined axis is channel 0 of the second layer.
    const int32_t joinedTensor = graph->ops[2].output(0);
    EXPECT_EQ(groups.unitOf({joinedTensor, 3}, 8), groupOf(groups, 1).units[0]);
}

TEST(ChannelGroups, FlatteningRepeatsEveryChannel) {
    GraphBuilder build("flatten");
    Value x = build.conv(build.input({1, 4, 6, 3}), 8, 3);
    x = build.fullyConnected(build.flatten(x), 10);
    const auto graph = finished(build, {x});
    const auto groups = groupsOf(*graph);
    const ChannelGroup& group = groupOf(groups, 0);
    EXPECT_EQ(group.units.size(), 8u);
    EXPECT_EQ(group.channelsPerUnit, 1);
    const int32_t columns = groups.axes().inputPlace(2, 1);
    for (int32_t column = 0; column < 4 * 6 * 8; ++column)
        EXPECT_EQ(groups.unitOf({columns, 1}, column), group.units[column % 8]);
}

TEST(ChannelGroups, AFullyConnectedLayerFlattensImagesItself) {
    GraphBuilder build("implicit");
    Value x = build.conv(build.input({1, 4, 6, 3}), 8, 3);
    const auto graph = finished(build, {build.fullyConnected(x, 10)});
    const auto groups = groupsOf(*graph);
    EXPECT_TRUE(groupOf(groups, 0).removable());
    const int32_t columns = groups.axes().inputPlace(1, 1);
    EXPECT_EQ(groups.unitOf({columns, 1}, 8 * 7 + 3), groupOf(groups, 0).units[3]);
}

TEST(ChannelGroups, ADepthMultiplierMakesSeveralChannelsAUnit) {
    GraphBuilder build("multiplier");
    Value x = build.conv(build.input({1, 8, 8, 3}), 8, 3);
    x = build.depthwise(x, 3, 1, Padding::Same, Activation::None, 3);
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    const auto groups = groupsOf(*graph);
    const ChannelGroup& group = groupOf(groups, 0);
    EXPECT_EQ(group.units.size(), 8u);
    const int32_t wide = graph->ops[1].output(0);
    for (int32_t c = 0; c < 24; ++c)
        EXPECT_EQ(groups.unitOf({wide, 3}, c), group.units[c / 3]);
}

TEST(ChannelGroups, ADepthwiseOfOneChannelIsAConvolution) {
    GraphBuilder build("one");
    Value x = build.input({1, 8, 8, 1});
    x = build.depthwise(x, 3, 1, Padding::Same, Activation::None, 8);
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    const auto groups = groupsOf(*graph);
    EXPECT_TRUE(groupOf(groups, 0).removable());
    EXPECT_EQ(groupOf(groups, 0).units.size(), 8u);
}

TEST(ChannelGroups, GroupedConvolutionsLoseTheSameOfEveryGroup) {
    GraphBuilder build("grouped");
    Value x = build.conv(build.input({1, 8, 8, 3}), 16, 3);
    x = build.groupedConv(x, 24, 2, 3);
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    const auto groups = groupsOf(*graph);
    EXPECT_EQ(groupOf(groups, 0).units.size(), 8u);
    EXPECT_EQ(groupOf(groups, 0).channelsPerUnit, 2);
    EXPECT_EQ(groupOf(groups, 1).units.size(), 12u);
    const int32_t first = graph->ops[0].output(0);
    EXPECT_EQ(groups.unitOf({first, 3}, 1), groups.unitOf({first, 3}, 9));
}

TEST(ChannelGroups, AGateBelongsToTheChannelsItScales) {
    GraphBuilder build("gate");
    const Value x = build.conv(build.input({1, 8, 8, 3}), 16, 3);       // 0
    Value gate = build.mean(x, {1, 2}, true);                           // 1
    gate = build.conv(gate, 4, 1, 1, Padding::Same, Activation::Relu);  // 2
    gate = build.unary(OpKind::LOGISTIC, build.conv(gate, 16, 1));      // 3, 4
    const auto graph = finished(build, {build.conv(build.mul(x, gate), 4, 1)});
    const auto groups = groupsOf(*graph);
    EXPECT_EQ(producersOf(groupOf(groups, 0)), (Ops{0, 3}));
    EXPECT_TRUE(groupOf(groups, 0).removable());
    EXPECT_TRUE(groupOf(groups, 2).removable());
}

TEST(ChannelGroups, ConstantsPerChannelGoWithTheChannels) {
    GraphBuilder build("scaled");
    Value x = build.conv(build.input({1, 8, 8, 3}), 4, 3);
    x = build.mul(x, build.constant({4}, {1, 2, 3, 4}));
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    const auto groups = groupsOf(*graph);
    const int32_t constant = groups.axes().inputPlace(1, 1);
    EXPECT_EQ(groups.unitOf({constant, 0}, 2), groupOf(groups, 0).units[2]);
}

TEST(ChannelGroups, ChannelsAreFollowedThroughATransposition) {
    GraphBuilder build("transposed");
    Value x = build.conv(build.input({1, 4, 4, 3}), 8, 3);
    x = build.mean(build.mean(build.transpose(x, {0, 3, 1, 2}), {3}), {2});
    const auto graph = finished(build, {build.fullyConnected(x, 3)});
    EXPECT_TRUE(groupOf(groupsOf(*graph), 0).removable());
}

TEST(ChannelGroups, ChannelsThatBecomeRowsStay) {
    GraphBuilder build("rows");
    Value x = build.conv(build.input({1, 4, 4, 3}), 8, 3);
    x = build.conv(build.transpose(x, {0, 3, 1, 2}), 6, 1);
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    EXPECT_EQ(groupOf(groupsOf(*graph), 0).keptBecause, "#2 CONV_2D slides over this axis");
}

TEST(ChannelGroups, WhatCannotBeFollowedIsABarrier) {
    GraphBuilder build("barrier");
    Value x = build.conv(build.input({1, 4, 4, 3}), 8, 3);
    x = build.op(OpKind::CUMSUM, {x, build.intConstant({3})}, types::CumsumOptions{});
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    EXPECT_EQ(groupOf(groupsOf(*graph), 0).keptBecause, "#1 CUMSUM cannot be followed");
}

TEST(ChannelGroups, PaddedChannelsStay) {
    GraphBuilder build("padded");
    Value x = build.conv(build.input({1, 4, 4, 3}), 8, 3);
    x = build.pad(x, {{0, 0}, {1, 1}, {1, 1}, {0, 4}});
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    EXPECT_EQ(groupOf(groupsOf(*graph), 0).keptBecause, "#1 PAD pads this axis");
}

TEST(ChannelGroups, ShuffledChannelsKeepTheirGroups) {
    GraphBuilder build("shuffle");
    Value x = build.conv(build.input({1, 4, 4, 3}), 8, 3);
    x = build.reshape(build.transpose(build.reshape(x, {1, 4, 4, 2, 4}), {0, 1, 2, 4, 3}),
                      {1, 4, 4, 8});
    const auto graph = finished(build, {build.conv(x, 4, 1)});
    const auto groups = groupsOf(*graph);
    const ChannelGroup& group = groupOf(groups, 0);
    EXPECT_TRUE(group.removable());
    EXPECT_EQ(group.units.size(), 4u);
    EXPECT_EQ(group.channelsPerUnit, 2);
    // 8 channels are seen as 2 x 4: channels 1 and 5 stand in the same column.
    const int32_t wide = graph->ops[0].output(0);
    EXPECT_EQ(groups.unitOf({wide, 3}, 1), groups.unitOf({wide, 3}, 5));
}

}  // namespace
