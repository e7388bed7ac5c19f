// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/input_ranges.h"

#include <gtest/gtest.h>

#include <cstring>

namespace {

using namespace types;

class Model {
public:
    Model() { graph.buffers.resize(1); }

    int32_t tensor(DataType type, Shape shape) {
        Tensor t;
        t.type = type;
        t.shape = std::move(shape);
        graph.tensors.push_back(t);
        return static_cast<int32_t>(graph.tensors.size()) - 1;
    }
    int32_t input(DataType type, Shape shape) {
        graph.inputs.push_back(tensor(type, std::move(shape)));
        return graph.inputs.back();
    }
    int32_t constant(int32_t value) {
        std::vector<uint8_t> bytes(4);
        std::memcpy(bytes.data(), &value, 4);
        const int32_t index = tensor(DataType::Int32, {});
        graph.buffers.emplace_back(std::move(bytes));
        graph.tensors.back().buffer = static_cast<uint32_t>(graph.buffers.size()) - 1;
        return index;
    }
    int32_t op(OpKind kind, std::vector<int32_t> inputs, int32_t output, OpOptions options = {}) {
        Op op;
        op.kind = kind;
        op.inputs = std::move(inputs);
        op.outputs = {output};
        op.options = options;
        graph.ops.push_back(op);
        return output;
    }

    Graph graph;
};

TEST(InputRanges, IdsLieInTheTableThatTheyIndex) {
    Model m;
    const int32_t ids = m.input(DataType::Int32, {1, 8});
    const int32_t image = m.input(DataType::Float32, {1, 8});
    const int32_t table = m.tensor(DataType::Float32, {100, 4});
    m.op(OpKind::GATHER, {table, ids}, m.tensor(DataType::Float32, {1, 8, 4}), GatherOptions{});
    m.op(OpKind::RELU, {image}, m.tensor(DataType::Float32, {1, 8}));
    const auto ranges = analysis::inputRanges(m.graph);
    ASSERT_EQ(ranges.size(), 2u);
    ASSERT_TRUE(ranges[0]);
    EXPECT_EQ(ranges[0]->lowest, 0);
    EXPECT_EQ(ranges[0]->highest, 99);
    EXPECT_FALSE(ranges[1]);
}

// The table's second axis, and one row of an embedding.
TEST(InputRanges, TheAxisSaysHowManyThereAre) {
    Model m;
    const int32_t ids = m.input(DataType::Int32, {8}), rows = m.input(DataType::Int32, {8});
    const int32_t table = m.tensor(DataType::Float32, {100, 4});
    m.op(OpKind::GATHER, {table, ids}, m.tensor(DataType::Float32, {100, 8}), GatherOptions{-1, 0});
    m.op(OpKind::EMBEDDING_LOOKUP, {rows, table}, m.tensor(DataType::Float32, {8, 4}));
    const auto ranges = analysis::inputRanges(m.graph);
    EXPECT_EQ(ranges[0]->highest, 3);
    EXPECT_EQ(ranges[1]->highest, 99);
}

TEST(InputRanges, FollowsIdsThroughShapesCastsAndSums) {
    Model m;
    const int32_t ids = m.input(DataType::Int64, {1, 8});
    const int32_t flat = m.op(OpKind::RESHAPE, {ids}, m.tensor(DataType::Int64, {8}));
    const int32_t narrow = m.op(OpKind::CAST, {flat}, m.tensor(DataType::Int32, {8}));
    const int32_t moved =
        m.op(OpKind::ADD, {narrow, m.constant(2)}, m.tensor(DataType::Int32, {8}));
    const int32_t table = m.tensor(DataType::Float32, {100, 4});
    m.op(OpKind::GATHER, {table, moved}, m.tensor(DataType::Float32, {8, 4}), GatherOptions{});
    const auto ranges = analysis::inputRanges(m.graph);
    ASSERT_TRUE(ranges[0]);
    EXPECT_EQ(ranges[0]->lowest, -2);
    EXPECT_EQ(ranges[0]->highest, 97);
}

// One input may index two tables; both must hold it.
TEST(InputRanges, TheSmallerTableDecides) {
    Model m;
    const int32_t ids = m.input(DataType::Int32, {8});
    for (const int32_t rows : {50, 10, 70})
        m.op(OpKind::GATHER, {m.tensor(DataType::Float32, {rows, 4}), ids},
             m.tensor(DataType::Float32, {8, 4}), GatherOptions{});
    EXPECT_EQ(analysis::inputRanges(m.graph)[0]->highest, 9);
}

TEST(InputRanges, ABeginLeavesTheSliceInside) {
    Model m;
    const int32_t begin = m.input(DataType::Int32, {2});
    const int32_t data = m.tensor(DataType::Float32, {10, 6});
    m.op(OpKind::SLICE, {data, begin, m.constant(0)}, m.tensor(DataType::Float32, {4, 5}));
    EXPECT_EQ(analysis::inputRanges(m.graph)[0]->highest, 1);
}

}  // namespace
