// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/remove_units.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "zoo/graph_builder.h"

namespace {

using namespace surgery;
using namespace zoo;
using transform::ChannelGroups;
using types::Graph;
using types::GraphPtr;
using types::OpKind;
using types::Shape;

/// Removes the given units (by position) of the group that operator `op` produces.
GraphPtr without(const GraphPtr& graph, int32_t op, const std::vector<size_t>& positions) {
    const ChannelGroups groups = groupsOf(*graph);
    std::vector<bool> removed(static_cast<size_t>(groups.unitCount()), false);
    for (size_t position : positions)
        removed[static_cast<size_t>(groupOf(groups, op).units[position])] = true;
    auto result = transform::removeUnits(*graph, groups, removed);
    EXPECT_TRUE(result) << result.error().message();
    return *result;
}

/// The filter's elements count up from 0, so that every one can be told from the others.
void countUp(LayerWeights& w) {
    for (size_t i = 0; i < w.filter.size(); ++i)
        w.filter[i] = static_cast<float>(i);
    for (size_t i = 0; i < w.bias.size(); ++i)
        w.bias[i] = static_cast<float>(100 + i);
}

GraphPtr twoConvolutions(Precision precision) {
    GraphBuilder build("two", precision);
    const Value x = build.editNext(countUp).conv(build.input({1, 4, 4, 2}), 3, 1);
    return build.finish({build.editNext(countUp).conv(x, 2, 1)}).value();
}

TEST(RemoveUnits, CutsFiltersBiasesAndActivations) {
    const auto before = twoConvolutions(Precision::Float32);
    const auto after = without(before, 0, {1});
    const Graph& g = *after;
    EXPECT_EQ(elementsOf<float>(g, g.ops[0].input(1)), (std::vector<float>{0, 1, 4, 5}));
    EXPECT_EQ(elementsOf<float>(g, g.ops[0].input(2)), (std::vector<float>{100, 102}));
    EXPECT_EQ(g.tensor(g.ops[0].output(0)).shape, (Shape{1, 4, 4, 2}));
    EXPECT_EQ(elementsOf<float>(g, g.ops[1].input(1)), (std::vector<float>{0, 2, 3, 5}));
    EXPECT_EQ(elementsOf<float>(g, g.ops[1].input(2)), (std::vector<float>{100, 101}));
    EXPECT_EQ(g.tensor(g.ops[1].output(0)).shape, (Shape{1, 4, 4, 2}));
}

TEST(RemoveUnits, KeepsTheScalesOfTheChannelsThatStay) {
    const auto before = twoConvolutions(Precision::Int8);
    const auto after = without(before, 0, {0, 2});
    const auto& old = before->tensor(before->ops[0].input(1)).quantization;
    const auto& cut = after->tensor(after->ops[0].input(1)).quantization;
    EXPECT_EQ(cut.scale, (std::vector<float>{old.scale[1]}));
    const auto& oldBias = before->tensor(before->ops[0].input(2)).quantization;
    EXPECT_EQ(after->tensor(after->ops[0].input(2)).quantization.scale,
              (std::vector<float>{oldBias.scale[1]}));
    // The second layer loses inputs, not outputs.
    EXPECT_EQ(after->tensor(after->ops[1].input(1)).quantization.scale,
              before->tensor(before->ops[1].input(1)).quantization.scale);
}

TEST(RemoveUnits, SharesWhatDidNotChangeAndForgetsTheFile) {
    GraphBuilder build("shares");
    Value x = build.conv(build.input({1, 4, 4, 2}), 8, 3);
    x = build.conv(x, 4, 1);
    auto before = copyOf(build.finish({build.conv(x, 4, 3)}).value());
    before->original = types::Bytes({1, 2, 3});
    const auto after = without(before, 0, {5});
    EXPECT_TRUE(after->original.empty());
    EXPECT_EQ(after->buffers.size(), before->buffers.size());
    const int32_t last = before->ops[2].input(1);
    EXPECT_EQ(after->constantData(last).data(), before->constantData(last).data());
    const int32_t first = before->ops[0].input(1);
    EXPECT_EQ(before->tensor(first).shape, (Shape{8, 3, 3, 2})) << "the original must not change";
    EXPECT_EQ(after->tensor(first).shape, (Shape{7, 3, 3, 2}));
}

TEST(RemoveUnits, AdaptsTheShapeOfAFlatteningReshape) {
    GraphBuilder build("flatten");
    Value x = build.conv(build.input({1, 2, 3, 2}), 4, 1);
    x = build.flatten(x);
    const auto before = build.finish({build.editNext(countUp).fullyConnected(x, 1)}).value();
    const auto after = without(before, 0, {0, 1, 3});
    EXPECT_EQ(after->tensor(after->ops[1].output(0)).shape, (Shape{1, 6}));
    EXPECT_EQ(elementsOf<int32_t>(*after, after->ops[1].input(1)), (std::vector<int32_t>{1, 6}));
    EXPECT_EQ(std::get<types::ReshapeOptions>(after->ops[1].options).newShape, (Shape{1, 6}));
    // Channel 2 of each of the six pixels.
    EXPECT_EQ(elementsOf<float>(*after, after->ops[2].input(1)),
              (std::vector<float>{2, 6, 10, 14, 18, 22}));
}

TEST(RemoveUnits, AReshapeKeepsItsOpenDimension) {
    GraphBuilder build("open");
    Value x = build.conv(build.input({1, 2, 3, 2}), 4, 1);
    x = build.reshape(x, {1, -1});
    const auto before = build.finish({build.fullyConnected(x, 1)}).value();
    const auto after = without(before, 0, {0});
    EXPECT_EQ(elementsOf<int32_t>(*after, after->ops[1].input(1)), (std::vector<int32_t>{1, -1}));
    EXPECT_EQ(after->tensor(after->ops[1].output(0)).shape, (Shape{1, 18}));
}

TEST(RemoveUnits, ASharedShapeOperandIsSplitBetweenItsUsers) {
    GraphBuilder build("shared");
    const Value x = build.input({1, 2, 2, 2});
    const Value shape = build.intConstant({1, 16});
    std::vector<Value> rows;
    for (int branch = 0; branch < 2; ++branch)
        rows.push_back(build.op(OpKind::RESHAPE, {build.conv(x, 4, 1), shape},
                                types::ReshapeOptions{{1, 16}}));
    const auto before =
        build.finish({build.fullyConnected(rows[0], 2), build.fullyConnected(rows[1], 2)}).value();
    const auto after = without(before, 2, {1});
    EXPECT_EQ(elementsOf<int32_t>(*after, after->ops[1].input(1)), (std::vector<int32_t>{1, 16}));
    EXPECT_EQ(elementsOf<int32_t>(*after, after->ops[3].input(1)), (std::vector<int32_t>{1, 12}));
}

TEST(RemoveUnits, TheDepthMultiplierFollows) {
    GraphBuilder build("one");
    Value x = build.depthwise(build.input({1, 4, 4, 1}), 3, 1, Padding::Same, Activation::None, 8);
    const auto before = build.finish({build.conv(x, 2, 1)}).value();
    const auto after = without(before, 0, {0, 3, 7});
    EXPECT_EQ(std::get<types::WindowOptions>(after->ops[0].options).depthMultiplier, 5);

    GraphBuilder wide("two");
    Value y = wide.conv(wide.input({1, 4, 4, 1}), 4, 1);
    y = wide.depthwise(y, 3, 1, Padding::Same, Activation::None, 2);
    const auto doubled = without(wide.finish({wide.conv(y, 2, 1)}).value(), 0, {3});
    EXPECT_EQ(std::get<types::WindowOptions>(doubled->ops[1].options).depthMultiplier, 2);
    EXPECT_EQ(doubled->tensor(doubled->ops[1].output(0)).shape, (Shape{1, 4, 4, 6}));
}

TEST(RemoveUnits, PartsOfASplitFollow) {
    GraphBuilder build("split");
    Value x = build.conv(build.input({1, 4, 4, 2}), 8, 1);
    x = build.op(OpKind::SLICE,
                 {x, build.intConstant({0, 1, 0, 0}), build.intConstant({1, 3, 4, 8})});
    x = build.op(OpKind::STRIDED_SLICE,
                 {x, build.intConstant({0, 0, 0, 0}), build.intConstant({1, 3, 2, 8}),
                  build.intConstant({1, 1, 1, 1})},
                 types::StridedSliceOptions{});
    const auto before = build.finish({build.conv(x, 2, 1)}).value();
    const auto after = without(before, 0, {2, 4});
    EXPECT_EQ(elementsOf<int32_t>(*after, after->ops[1].input(2)),
              (std::vector<int32_t>{1, 3, 4, 6}));
    EXPECT_EQ(elementsOf<int32_t>(*after, after->ops[2].input(2)),
              (std::vector<int32_t>{1, 3, 2, 6}));
}

TEST(RemoveUnits, AnAxisThatBecomesOneIsNotSqueezed) {
    GraphBuilder build("squeeze");
    Value x = build.averagePool(build.conv(build.input({1, 4, 4, 2}), 2, 1), 4, 4);
    x = build.squeeze(x);
    x = build.op(OpKind::EXPAND_DIMS, {x, build.intConstant({0})});
    const auto before = build.finish({build.fullyConnected(x, 3)}).value();
    const auto after = without(before, 0, {1});
    EXPECT_EQ(after->tensor(after->ops[2].output(0)).shape, (Shape{1}));
}

}  // namespace
