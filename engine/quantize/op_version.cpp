// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/op_version.h"

#include <algorithm>

namespace quantize {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Tensor;

namespace {

/// Lowest versions for float32, int8 and int16 activations.
struct Row {
    OpKind kind;
    int32_t float32, int8, int16;
};

constexpr Row kRows[] = {
    {OpKind::CONV_2D, 1, 3, 4},
    {OpKind::DEPTHWISE_CONV_2D, 1, 3, 5},
    {OpKind::FULLY_CONNECTED, 1, 4, 7},
    {OpKind::BATCH_MATMUL, 1, 2, 3},
    {OpKind::SVDF, 1, 3, 3},
    {OpKind::MUL, 1, 2, 4},
    {OpKind::ADD, 1, 2, 3},
    {OpKind::SUB, 1, 2, 5},
    {OpKind::MAXIMUM, 1, 2, 4},
    {OpKind::MINIMUM, 1, 2, 4},
    {OpKind::AVERAGE_POOL_2D, 1, 2, 3},
    {OpKind::MAX_POOL_2D, 1, 2, 3},
    {OpKind::SOFTMAX, 1, 2, 3},
    {OpKind::LOG_SOFTMAX, 1, 2, 2},
    {OpKind::LOGISTIC, 1, 2, 3},
    {OpKind::TANH, 1, 2, 3},
    {OpKind::RELU, 1, 2, 3},
    {OpKind::RELU6, 1, 2, 3},
    {OpKind::LEAKY_RELU, 1, 1, 2},
    {OpKind::ABS, 1, 2, 3},
    {OpKind::RSQRT, 1, 2, 3},
    {OpKind::EXP, 1, 2, 2},
    {OpKind::LOG, 1, 2, 2},
    {OpKind::L2_NORMALIZATION, 1, 2, 2},
    {OpKind::MEAN, 1, 2, 3},
    {OpKind::SUM, 1, 2, 2},
    {OpKind::REDUCE_MAX, 1, 2, 3},
    {OpKind::REDUCE_MIN, 1, 2, 3},
    {OpKind::ARG_MAX, 1, 2, 2},
    {OpKind::ARG_MIN, 1, 2, 2},
    {OpKind::PAD, 1, 2, 3},
    {OpKind::PADV2, 1, 2, 3},
    {OpKind::MIRROR_PAD, 1, 2, 3},
    {OpKind::TRANSPOSE, 1, 2, 5},
    {OpKind::CONCATENATION, 1, 2, 3},
    {OpKind::PACK, 1, 2, 3},
    {OpKind::UNPACK, 1, 2, 4},
    {OpKind::SPLIT, 1, 2, 4},
    {OpKind::SPLIT_V, 1, 2, 2},
    {OpKind::SLICE, 1, 2, 4},
    {OpKind::STRIDED_SLICE, 1, 2, 4},
    {OpKind::REVERSE_V2, 1, 3, 3},
    {OpKind::SPACE_TO_DEPTH, 1, 2, 2},
    {OpKind::DEPTH_TO_SPACE, 1, 2, 2},
    {OpKind::SPACE_TO_BATCH_ND, 1, 2, 4},
    {OpKind::BATCH_TO_SPACE_ND, 1, 2, 4},
    {OpKind::RESIZE_NEAREST_NEIGHBOR, 1, 2, 4},
    {OpKind::RESIZE_BILINEAR, 1, 2, 4},
    {OpKind::GATHER, 1, 2, 4},
    {OpKind::GATHER_ND, 1, 1, 3},
    {OpKind::EQUAL, 1, 2, 4},
    {OpKind::NOT_EQUAL, 1, 2, 2},
    {OpKind::LESS, 1, 2, 3},
    {OpKind::LESS_EQUAL, 1, 2, 2},
    {OpKind::GREATER, 1, 2, 2},
    {OpKind::GREATER_EQUAL, 1, 2, 3},
    {OpKind::QUANTIZE, 1, 1, 1},
    {OpKind::DEQUANTIZE, 1, 2, 3},
};

/// What decides: of a convolution the image, of others the first operand that is no shape or axis.
DataType activationType(const Graph& graph, const Op& op) {
    for (int32_t input : op.inputs) {
        if (input < 0) continue;
        const DataType type = graph.tensor(input).type;
        if (type != DataType::Int32 && type != DataType::Int64 && !graph.isConstant(input))
            return type;
    }
    return op.output(0) >= 0 ? graph.tensor(op.output(0)).type : DataType::Float32;
}

const Tensor* operand(const Graph& graph, const Op& op, size_t i) {
    return op.input(i) >= 0 ? &graph.tensor(op.input(i)) : nullptr;
}

int32_t convolutionVersion(const Graph& graph, const Op& op, int32_t plain) {
    const Tensor *input = operand(graph, op, 0), *filter = operand(graph, op, 1);
    const auto* window = std::get_if<types::WindowOptions>(&op.options);
    if (filter->type == DataType::Int4) return 7;
    if (op.kind == OpKind::CONV_2D && input->shape.size() == 4 && filter->shape.size() == 4 &&
        input->shape[3] != filter->shape[3])
        return 6;
    if (op.kind == OpKind::DEPTHWISE_CONV_2D && window != nullptr &&
        (window->dilationHeight != 1 || window->dilationWidth != 1))
        return std::max(plain, 2);
    return plain;
}

// A reader that knows no scale per output would take the first one for all: with version 12 TFLite
// learned them for this operator, and older readers then refuse.
int32_t fullyConnectedVersion(const Graph& graph, const Op& op, int32_t plain) {
    const Tensor& weights = *operand(graph, op, 1);
    const auto* options = std::get_if<types::FullyConnectedOptions>(&op.options);
    if (weights.type != DataType::Float32 && weights.quantization.perChannel()) return 12;
    if (weights.type == DataType::Int4) return 10;
    if (op.input(2) < 0) return std::max(plain, 6);
    return options != nullptr && options->keepNumDims ? std::max(plain, 5) : plain;
}

int32_t transposeConvVersion(const Graph& graph, const Op& op) {
    const auto* window = std::get_if<types::WindowOptions>(&op.options);
    if (window != nullptr && window->activation != types::Activation::None) return 4;
    if (op.input(3) >= 0) return 3;
    return operand(graph, op, 1)->type == DataType::Float32 ? 1 : 2;
}

}  // namespace

int32_t opVersion(const Graph& graph, const Op& op) {
    if (op.kind == OpKind::TRANSPOSE_CONV) return transposeConvVersion(graph, op);
    if (op.kind == OpKind::QUANTIZE)
        return graph.tensor(op.output(0)).type == DataType::Int16 ? 2 : 1;
    const auto* row = std::ranges::find(kRows, op.kind, &Row::kind);
    if (row == std::end(kRows)) return op.version;
    const DataType type = activationType(graph, op);
    const int32_t plain = type == DataType::Int8    ? row->int8
                          : type == DataType::Int16 ? row->int16
                                                    : row->float32;
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
            return convolutionVersion(graph, op, plain);
        case OpKind::FULLY_CONNECTED:
            return fullyConnectedVersion(graph, op, plain);
        default:
            return plain;
    }
}

}  // namespace quantize
