// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/shapes.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

namespace {

using analysis::windowExtent;
using types::Padding;

TEST(WindowExtent, SamePaddingKeepsTheCeilingOfTheQuotient) {
    EXPECT_EQ(windowExtent(Padding::Same, 49, 10, 2, 1).output, 25);
    EXPECT_EQ(windowExtent(Padding::Same, 49, 10, 2, 1).paddingBefore, 4);  // (24*2+10-49)/2
    EXPECT_EQ(windowExtent(Padding::Same, 10, 4, 2, 1).paddingBefore, 1);
}

TEST(WindowExtent, ValidPaddingCountsWholeWindows) {
    EXPECT_EQ(windowExtent(Padding::Valid, 28, 5, 1, 1).output, 24);
    EXPECT_EQ(windowExtent(Padding::Valid, 7, 3, 2, 2).output, 2);  // reach 5
    EXPECT_EQ(windowExtent(Padding::Valid, 4, 5, 1, 1).output, 0);
}

TEST(WindowExtent, DilationWidensTheReach) {
    EXPECT_EQ(windowExtent(Padding::Same, 10, 3, 1, 3).paddingBefore, 3);
}

/// A graph with one operator over tensors of the given shapes, the last of them the output.
types::Graph oneOp(types::OpKind kind, types::OpOptions options, std::vector<types::Shape> shapes) {
    types::Graph graph;
    graph.buffers.emplace_back();
    types::Op op;
    op.kind = kind;
    op.options = std::move(options);
    for (auto& shape : shapes) {
        types::Tensor tensor;
        tensor.shape = std::move(shape);
        op.inputs.push_back(static_cast<int32_t>(graph.tensors.size()));
        graph.tensors.push_back(std::move(tensor));
    }
    op.outputs.push_back(op.inputs.back());
    op.inputs.pop_back();
    graph.ops.push_back(std::move(op));
    return graph;
}

TEST(InferOutputShapes, BroadcastsElementwiseInputs) {
    const auto graph = oneOp(types::OpKind::ADD, {}, {{2, 1, 4}, {3, 1}, {}});
    EXPECT_EQ((*analysis::inferOutputShapes(graph, graph.ops[0]))[0], (types::Shape{2, 3, 4}));
}

TEST(InferOutputShapes, RefusesShapesThatDoNotBroadcast) {
    const auto graph = oneOp(types::OpKind::MUL, {}, {{2, 3}, {2, 4}, {}});
    const auto shapes = analysis::inferOutputShapes(graph, graph.ops[0]);
    ASSERT_FALSE(shapes);
    EXPECT_EQ(shapes.error().what, "input shapes 2x3 and 2x4 do not broadcast");
}

TEST(InferOutputShapes, ConcatenatesAlongANegativeAxis) {
    const auto graph = oneOp(types::OpKind::CONCATENATION, types::ConcatenationOptions{-1},
                             {{1, 4, 4, 3}, {1, 4, 4, 5}, {}});
    EXPECT_EQ((*analysis::inferOutputShapes(graph, graph.ops[0]))[0], (types::Shape{1, 4, 4, 8}));
}

TEST(InferOutputShapes, RefusesAFilterOfOtherDepth) {
    const auto graph =
        oneOp(types::OpKind::CONV_2D, types::WindowOptions{}, {{1, 8, 8, 3}, {4, 3, 3, 5}, {}});
    EXPECT_FALSE(analysis::inferOutputShapes(graph, graph.ops[0]));
}

TEST(InferOutputShapes, GroupedConvolutionTakesAShareOfTheChannels) {
    const auto graph =
        oneOp(types::OpKind::CONV_2D, types::WindowOptions{}, {{1, 8, 8, 6}, {4, 3, 3, 3}, {}});
    EXPECT_EQ((*analysis::inferOutputShapes(graph, graph.ops[0]))[0], (types::Shape{1, 8, 8, 4}));
}

TEST(InferOutputShapes, RefusesBlocksThatMakeTheOutputTooLarge) {
    for (const auto kind : {types::OpKind::DEPTH_TO_SPACE, types::OpKind::SPACE_TO_DEPTH}) {
        const auto graph =
            oneOp(kind, types::BlockOptions{139}, {{1, 139 << 20, 139, 139 * 139 << 10}, {}});
        const auto shapes = analysis::inferOutputShapes(graph, graph.ops[0]);
        ASSERT_FALSE(shapes) << types::opName(kind);
        EXPECT_EQ(shapes.error().what, "the block makes the output too large");
    }
}

/// Values of a constant int64 input.
void setInts(types::Graph& graph, size_t input, const std::vector<int64_t>& values) {
    types::Tensor& tensor = graph.tensors[input];
    tensor.type = types::DataType::Int64;
    tensor.shape = {static_cast<int32_t>(values.size())};
    tensor.buffer = static_cast<uint32_t>(graph.buffers.size());
    std::vector<uint8_t> bytes(values.size() * sizeof(int64_t));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    graph.buffers.emplace_back(std::move(bytes));
}

TEST(InferOutputShapes, TakesTheEndsOf64BitsForFarAway) {
    constexpr int64_t kLargest = std::numeric_limits<int64_t>::max();
    types::StridedSliceOptions options;
    options.offset = true;
    auto graph = oneOp(types::OpKind::STRIDED_SLICE, options, {{9}, {}, {}, {}, {}});
    setInts(graph, 1, {2});
    setInts(graph, 2, {kLargest});
    setInts(graph, 3, {1});
    EXPECT_EQ((*analysis::inferOutputShapes(graph, graph.ops[0]))[0], types::Shape{7});
    auto padded = oneOp(types::OpKind::SPACE_TO_BATCH_ND, {}, {{1, 4, 4, 1}, {}, {}, {}});
    setInts(padded, 1, {2, 2});
    setInts(padded, 2, {kLargest, kLargest, 0, 0});
    EXPECT_FALSE(analysis::inferOutputShapes(padded, padded.ops[0]));
}

TEST(InferOutputShapes, RefusesPartsThatAreMoreThanTheWhole) {
    constexpr int64_t kLarge = int64_t{1} << 30;
    auto graph = oneOp(types::OpKind::SPLIT_V, {}, {{8}, {}, {}, {}});
    // All but the open part sum to 2^32 + 4: its length would wrap to 4.
    setInts(graph, 1, {kLarge, kLarge, kLarge, kLarge, 4, -1});
    setInts(graph, 2, {0});
    graph.ops[0].outputs.assign(6, graph.ops[0].outputs[0]);
    EXPECT_FALSE(analysis::inferOutputShapes(graph, graph.ops[0]));
}

}  // namespace
