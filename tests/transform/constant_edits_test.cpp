// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/constant_edits.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"

namespace {

using namespace surgery;
using transform::ConstantEdits;
using types::Bytes;
using types::Graph;
using types::Tensor;

/// Two operators that both read constant tensor 0, whose data stand in buffer 1.
Graph sharedConstant() {
    Graph graph;
    graph.buffers = {Bytes(), Bytes({1, 2, 3, 4})};
    Tensor constant;
    constant.type = types::DataType::Int8;
    constant.shape = {4};
    constant.buffer = 1;
    graph.tensors = {constant, Tensor(), Tensor()};
    graph.ops.resize(2);
    for (int32_t op = 0; op < 2; ++op) {
        graph.ops[static_cast<size_t>(op)].inputs = {0};
        graph.ops[static_cast<size_t>(op)].outputs = {op + 1};
    }
    return graph;
}

Tensor shorter(const Graph& graph, int32_t length) {
    Tensor tensor = graph.tensor(0);
    tensor.shape = {length};
    return tensor;
}

TEST(ConstantEdits, UsersWhoAgreeChangeTheConstantInPlace) {
    Graph graph = sharedConstant();
    ConstantEdits edits;
    for (size_t op = 0; op < 2; ++op)
        edits.add(op, 0, shorter(graph, 2), Bytes({7, 8}));
    edits.apply(graph);
    EXPECT_EQ(graph.tensors.size(), 3u);
    EXPECT_EQ(graph.buffers.size(), 2u);
    EXPECT_EQ(elementsOf<uint8_t>(graph, 0), (std::vector<uint8_t>{7, 8}));
}

TEST(ConstantEdits, AUserWhoWantsTheOldContentsKeepsThem) {
    Graph graph = sharedConstant();
    ConstantEdits edits;
    edits.add(1, 0, shorter(graph, 2), Bytes({7, 8}));
    edits.apply(graph);
    EXPECT_EQ(graph.ops[0].input(0), 0);
    EXPECT_EQ(elementsOf<uint8_t>(graph, 0), (std::vector<uint8_t>{1, 2, 3, 4}));
    const int32_t copy = graph.ops[1].input(0);
    EXPECT_EQ(copy, 3);
    EXPECT_EQ(elementsOf<uint8_t>(graph, copy), (std::vector<uint8_t>{7, 8}));
}

TEST(ConstantEdits, UsersWhoDisagreeLeaveNothingUnused) {
    Graph graph = sharedConstant();
    ConstantEdits edits;
    edits.add(0, 0, shorter(graph, 2), Bytes({7, 8}));
    edits.add(1, 0, shorter(graph, 3), Bytes({4, 5, 6}));
    edits.apply(graph);
    EXPECT_EQ(graph.tensors.size(), 4u);
    EXPECT_EQ(graph.buffers.size(), 3u);
    EXPECT_EQ(elementsOf<uint8_t>(graph, graph.ops[0].input(0)), (std::vector<uint8_t>{7, 8}));
    EXPECT_EQ(elementsOf<uint8_t>(graph, graph.ops[1].input(0)), (std::vector<uint8_t>{4, 5, 6}));
}

TEST(ConstantEdits, ABufferThatAnotherTensorUsesStays) {
    Graph graph = sharedConstant();
    graph.tensors[1].buffer = 1;
    transform::replaceData(graph, 0, Bytes({9}));
    EXPECT_EQ(elementsOf<uint8_t>(graph, 0), (std::vector<uint8_t>{9}));
    EXPECT_EQ(elementsOf<uint8_t>(graph, 1), (std::vector<uint8_t>{1, 2, 3, 4}));
}

TEST(ConstantEdits, ListsOfIntegersKeepTheirType) {
    Graph graph = sharedConstant();
    graph.tensors[0].type = types::DataType::Int32;
    graph.tensors[0].shape = {1};
    ConstantEdits edits;
    edits.addInts(graph, 0, 0, {-1});
    edits.addInts(graph, 1, 0, {-1});
    edits.apply(graph);
    EXPECT_EQ(elementsOf<int32_t>(graph, 0), (std::vector<int32_t>{-1}));
}

}  // namespace
