// SPDX-License-Identifier: GPL-3.0-or-later
// Versions that readers check: those that LiteRT's converter writes for the same types.
#include "analysis/op_version.h"

#include <gtest/gtest.h>

namespace {

using namespace types;

/// One operator with an activation, constants of the given types, and an output like the
/// activation.
struct OneOp {
    Graph graph;
    Op op;

    OneOp(OpKind kind, DataType activation, std::vector<DataType> constants = {}) {
        op.kind = kind;
        graph.buffers.emplace_back();
        op.inputs = {add(activation)};
        for (DataType type : constants) {
            graph.buffers.emplace_back(std::vector<uint8_t>(16));
            op.inputs.push_back(add(type));
            graph.tensors.back().buffer = static_cast<uint32_t>(graph.buffers.size() - 1);
        }
        op.outputs = {add(activation)};
    }

    int32_t add(DataType type) {
        Tensor& tensor = graph.tensors.emplace_back();
        tensor.type = type;
        tensor.shape = {1, 4};
        return static_cast<int32_t>(graph.tensors.size()) - 1;
    }

    int32_t version() const { return analysis::opVersion(graph, op); }
};

TEST(OpVersion, OfInt8IsThatOfLiteRt) {
    const struct {
        OpKind kind;
        int32_t version;
    } kCases[] = {
        {OpKind::SVDF, 3},     {OpKind::LEAKY_RELU, 1},         {OpKind::REVERSE_V2, 3},
        {OpKind::QUANTIZE, 1}, {OpKind::SQUARED_DIFFERENCE, 2}, {OpKind::DIV, 1},
        {OpKind::RESHAPE, 1},  {OpKind::GATHER_ND, 1},          {OpKind::BROADCAST_TO, 3},
    };
    for (const auto& c : kCases)
        EXPECT_EQ(OneOp(c.kind, DataType::Int8).version(), c.version) << opName(c.kind);
}

OneOp dense(DataType activation, DataType weights, DataType bias) {
    OneOp one(OpKind::FULLY_CONNECTED, activation, {weights, bias});
    Quantization& scales = one.graph.tensors[1].quantization;
    scales.scale = {0.5f, 0.25f, 0.5f, 0.25f};
    scales.zeroPoint.assign(4, 0);
    return one;
}

// 12 is for float activations with int8 weights; readers before TensorFlow 2.17 refuse it.
TEST(OpVersion, OfADenseLayerWithScalesPerOutputIsThatOfItsTypes) {
    EXPECT_EQ(dense(DataType::Int8, DataType::Int8, DataType::Int32).version(), 4);
    EXPECT_EQ(dense(DataType::Int8, DataType::Int4, DataType::Int32).version(), 10);
    EXPECT_EQ(dense(DataType::Int16, DataType::Int8, DataType::Int64).version(), 7);
    EXPECT_EQ(dense(DataType::Int16, DataType::Int4, DataType::Int64).version(), 13);
}

TEST(OpVersion, OfADenseLayerRisesWithItsOptions) {
    OneOp plain = dense(DataType::Int8, DataType::Int8, DataType::Int32);
    plain.op.options = FullyConnectedOptions{.keepNumDims = true};
    EXPECT_EQ(plain.version(), 5);
    plain.op.inputs[2] = -1;
    EXPECT_EQ(plain.version(), 6);
}

TEST(OpVersion, OfOtherTypesStays) {
    OneOp one(OpKind::GATHER, DataType::Bool);
    one.op.version = 3;
    EXPECT_EQ(one.version(), 3);
    OneOp unknown(OpKind::TOPK_V2, DataType::Int8);
    unknown.op.version = 2;
    EXPECT_EQ(unknown.version(), 2);
}

}  // namespace
