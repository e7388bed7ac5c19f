// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/resource_variables.h"

#include <gtest/gtest.h>

#include "analysis/count.h"

namespace {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;

types::Tensor tensorOf(DataType type, types::Shape shape) {
    types::Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    return tensor;
}

Op opOf(OpKind kind, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
        types::OpOptions options = {}) {
    Op op;
    op.kind = kind;
    op.inputs = std::move(inputs);
    op.outputs = std::move(outputs);
    op.options = std::move(options);
    return op;
}

/// Two handles; IF hands one of them, or either, to the same branch, which assigns int8 to it.
Graph model(int32_t second) {
    Graph graph;
    graph.buffers = {types::Bytes()};
    graph.tensors = {tensorOf(DataType::Bool, {1}), tensorOf(DataType::Resource, {}),
                     tensorOf(DataType::Resource, {}), tensorOf(DataType::Float32, {4})};
    graph.inputs = {0};
    graph.ops = {opOf(OpKind::VAR_HANDLE, {}, {1}, types::VarHandleOptions{"", "a"}),
                 opOf(OpKind::VAR_HANDLE, {}, {2}, types::VarHandleOptions{"c", "b"}),
                 opOf(OpKind::IF, {0, 1}, {}, types::SubgraphOptions{1, 1}),
                 opOf(OpKind::IF, {0, second}, {}, types::SubgraphOptions{1, 1}),
                 opOf(OpKind::READ_VARIABLE, {2}, {3})};
    types::Subgraph branch;
    branch.tensors = {tensorOf(DataType::Resource, {}), tensorOf(DataType::Int8, {3})};
    branch.tensors[1].quantization.scale = {0.5f};
    branch.tensors[1].quantization.zeroPoint = {-3};
    branch.inputs = {0};
    branch.ops = {opOf(OpKind::ASSIGN_VARIABLE, {0, 1}, {})};
    graph.others = {branch};
    return graph;
}

TEST(ResourceVariables, HandlesAreFollowedIntoBranches) {
    const analysis::ResourceVariables found(model(1));
    ASSERT_EQ(found.all().size(), 2u);
    EXPECT_EQ(found.behind(0, 2), 1);
    EXPECT_EQ(found.behind(1, 0), 0);
    EXPECT_EQ(found.behind(1, 1), -1);
    EXPECT_EQ(found.all()[0].name, "a");
    EXPECT_EQ(found.all()[0].bytes(), 3);
    EXPECT_EQ(found.all()[0].reset, 0xfd);
    // Never assigned: the size of what is read.
    EXPECT_EQ(found.all()[1].name, "c/b");
    EXPECT_EQ(found.all()[1].bytes(), 16);
    EXPECT_EQ(found.all()[1].reset, 0);
}

TEST(ResourceVariables, AParameterOfSeveralHandlesIsUnknown) {
    EXPECT_EQ(analysis::ResourceVariables(model(2)).behind(1, 0), -1);
}

/// `calls`: one operator that calls subgraphs 1 (ADD) and 2 (FULLY_CONNECTED).
analysis::OpCounts countOf(OpKind kind) {
    Graph graph;
    graph.buffers = {types::Bytes(), types::Bytes(std::vector<uint8_t>(4 * 6))};
    graph.tensors = {tensorOf(DataType::Bool, {1})};
    graph.ops = {opOf(kind, {}, {}, types::SubgraphOptions{1, 2}),
                 opOf(kind, {}, {}, types::SubgraphOptions{1, 2})};
    types::Subgraph add, dense;
    add.tensors = std::vector(3, tensorOf(DataType::Float32, {1, 100}));
    add.ops = {opOf(OpKind::ADD, {0, 1}, {2})};
    dense.tensors = {tensorOf(DataType::Float32, {1, 3}), tensorOf(DataType::Float32, {2, 3}),
                     tensorOf(DataType::Float32, {1, 2})};
    dense.tensors[1].buffer = 1;
    dense.ops = {opOf(OpKind::FULLY_CONNECTED, {0, 1, -1}, {2})};
    graph.others = {add, dense};
    const auto counts = analysis::countOps(graph);
    EXPECT_EQ(counts[1].params, 0);  // counted at the first
    EXPECT_EQ(counts[1].ops, counts[0].ops);
    return counts[0];
}

TEST(Count, CallsCountWhatTheirSubgraphsCompute) {
    const auto branches = countOf(OpKind::IF);
    EXPECT_EQ(branches.macs, 0);  // ADD has more operations
    EXPECT_EQ(branches.ops, 100);
    EXPECT_EQ(branches.params, 6);
    EXPECT_EQ(branches.weightBytes, 24);
    const auto loop = countOf(OpKind::WHILE);
    EXPECT_EQ(loop.macs, 6);
    EXPECT_EQ(loop.ops, 112);
    EXPECT_EQ(countOf(OpKind::CALL_ONCE).ops, 0);
}

}  // namespace
