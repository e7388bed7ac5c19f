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
    EXPECT_EQ(dense(DataType::Int16, DataType::Int8, DataType::Int64).version(), 1);
    EXPECT_EQ(dense(DataType::Int16, DataType::Int4, DataType::Int64).version(), 13);
}

TEST(OpVersion, OfADenseLayerRisesWithItsOptions) {
    OneOp plain = dense(DataType::Int8, DataType::Int8, DataType::Int32);
    plain.op.options = FullyConnectedOptions{.keepNumDims = true};
    EXPECT_EQ(plain.version(), 5);
    plain.op.inputs.pop_back();
    EXPECT_EQ(plain.version(), 6);
    OneOp fourBits = dense(DataType::Int8, DataType::Int4, DataType::Int32);
    fourBits.op.inputs[2] = -1;  // listed as absent
    EXPECT_EQ(fourBits.version(), 10);
    fourBits.op.inputs.pop_back();
    EXPECT_EQ(fourBits.version(), 6);
    OneOp hybrid = dense(DataType::Float32, DataType::Int8, DataType::Float32);
    EXPECT_EQ(hybrid.version(), 12);
    hybrid.graph.tensors[1].quantization.scale.resize(1);
    EXPECT_EQ(hybrid.version(), 3);
}

// Integer kernels of 16 bits that LiteRT has versions for, and those that it writes as 1.
TEST(OpVersion, OfInt16IsThatOfLiteRt) {
    const struct {
        OpKind kind;
        int32_t version;
    } kCases[] = {
        {OpKind::MUL, 7},       {OpKind::ABS, 4},          {OpKind::MAXIMUM, 4},
        {OpKind::EQUAL, 5},     {OpKind::NOT_EQUAL, 4},    {OpKind::GREATER, 1},
        {OpKind::SUM, 1},       {OpKind::LOG_SOFTMAX, 1},  {OpKind::STRIDED_SLICE, 1},
        {OpKind::SLICE, 4},     {OpKind::TRANSPOSE, 5},    {OpKind::SQUARED_DIFFERENCE, 1},
        {OpKind::GATHER_ND, 3}, {OpKind::BATCH_MATMUL, 3}, {OpKind::ADD, 5},
    };
    for (const auto& c : kCases)
        EXPECT_EQ(OneOp(c.kind, DataType::Int16).version(), c.version) << opName(c.kind);
}

TEST(OpVersion, OfSumsAndProductsFollowsTheScales) {
    OneOp add(OpKind::ADD, DataType::Int16, {DataType::Int16});
    for (Tensor& tensor : add.graph.tensors)
        tensor.quantization = {{0.5f}, {0}};
    EXPECT_EQ(add.version(), 1);
    add.op.options = ArithmeticOptions{.potScaleInt16 = false};
    EXPECT_EQ(add.version(), 3);
    OneOp mul(OpKind::MUL, DataType::Int8, {DataType::Int8});
    for (Tensor& tensor : mul.graph.tensors)
        tensor.quantization = {{0.5f}, {0}};
    EXPECT_EQ(mul.version(), 2);
    mul.graph.tensors.back().quantization.scale = {0.25f};
    EXPECT_EQ(mul.version(), 3) << "the product is rescaled by 1 or more";
}

TEST(OpVersion, RisesWithRanksAndOptions) {
    const auto ofRank = [](OpKind kind, size_t rank, OpOptions options = {}) {
        OneOp one(kind, DataType::Int8);
        one.graph.tensors[0].shape.assign(rank, 2);
        one.op.options = std::move(options);
        return one.version();
    };
    EXPECT_EQ(ofRank(OpKind::TRANSPOSE, 4), 2);
    EXPECT_EQ(ofRank(OpKind::TRANSPOSE, 5), 4);
    EXPECT_EQ(ofRank(OpKind::TRANSPOSE, 6), 6);
    EXPECT_EQ(ofRank(OpKind::SLICE, 5), 5);
    EXPECT_EQ(ofRank(OpKind::PAD, 5), 4);
    EXPECT_EQ(ofRank(OpKind::SPACE_TO_BATCH_ND, 3), 3);
    EXPECT_EQ(ofRank(OpKind::STRIDED_SLICE, 4, StridedSliceOptions{.newAxisMask = 1}), 6);
    EXPECT_EQ(ofRank(OpKind::RESIZE_BILINEAR, 4, ResizeOptions{.halfPixelCenters = true}), 3);
    EXPECT_EQ(ofRank(OpKind::RESIZE_NEAREST_NEIGHBOR, 4, ResizeOptions{.alignCorners = true}), 3);
    EXPECT_EQ(ofRank(OpKind::GATHER, 4, GatherOptions{.batchDims = 1}), 5);
}

TEST(OpVersion, OfAConvolutionFollowsGroupsDilationAndWeights) {
    OneOp conv(OpKind::CONV_2D, DataType::Int8, {DataType::Int4});
    EXPECT_EQ(conv.version(), 7);
    conv.graph.tensors[0].shape = {1, 4, 4, 4};
    conv.graph.tensors[1].shape = {4, 1, 1, 2};
    EXPECT_EQ(conv.version(), 6);
    OneOp depthwise(OpKind::DEPTHWISE_CONV_2D, DataType::Float32, {DataType::Float32});
    depthwise.op.options = WindowOptions{.dilationWidth = 2};
    EXPECT_EQ(depthwise.version(), 2);
}

TEST(OpVersion, OfOtherTypesAndOperatorsWithoutARow) {
    EXPECT_EQ(OneOp(OpKind::GATHER, DataType::Bool).version(), 3);
    EXPECT_EQ(OneOp(OpKind::ADD, DataType::Int64).version(), 4);
    EXPECT_EQ(OneOp(OpKind::ADD, DataType::Int32).version(), 1);
    OneOp unknown(OpKind::TOPK_V2, DataType::Int8);
    unknown.op.version = 2;
    EXPECT_EQ(unknown.version(), 2);
}

}  // namespace
