// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/op_version.h"

#include <algorithm>
#include <optional>

namespace analysis {

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
    {OpKind::CAST, 1, 3, 1},
    {OpKind::TRANSPOSE_CONV, 1, 2, 2},
    {OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, 1, 1, 5},
    {OpKind::DIV, 1, 1, 1},
    {OpKind::FLOOR_DIV, 2, 3, 3},
    {OpKind::FLOOR_MOD, 1, 2, 2},
    {OpKind::SQUARED_DIFFERENCE, 1, 2, 2},
    {OpKind::SQRT, 1, 2, 2},
    {OpKind::BROADCAST_TO, 2, 3, 3},
    {OpKind::DYNAMIC_UPDATE_SLICE, 1, 1, 4},
    {OpKind::FILL, 1, 3, 3},
    {OpKind::EMBEDDING_LOOKUP, 1, 1, 1},
    // One version for all of these types.
    {OpKind::ASSIGN_VARIABLE, 1, 1, 1},
    {OpKind::BROADCAST_ARGS, 1, 1, 1},
    {OpKind::CALL_ONCE, 1, 1, 1},
    {OpKind::IF, 1, 1, 1},
    {OpKind::READ_VARIABLE, 1, 1, 1},
    {OpKind::VAR_HANDLE, 1, 1, 1},
    {OpKind::WHILE, 1, 1, 1},
    {OpKind::ADD_N, 1, 1, 1},
    {OpKind::CEIL, 1, 1, 1},
    {OpKind::COS, 1, 1, 1},
    {OpKind::CUMSUM, 1, 1, 1},
    {OpKind::ELU, 1, 1, 1},
    {OpKind::EXPAND_DIMS, 1, 1, 1},
    {OpKind::FLOOR, 1, 1, 1},
    {OpKind::HARD_SWISH, 1, 1, 1},
    {OpKind::L2_POOL_2D, 1, 1, 1},
    {OpKind::LOGICAL_AND, 1, 1, 1},
    {OpKind::LOGICAL_NOT, 1, 1, 1},
    {OpKind::LOGICAL_OR, 1, 1, 1},
    {OpKind::NEG, 1, 1, 1},
    {OpKind::PRELU, 1, 1, 1},
    {OpKind::REDUCE_ALL, 1, 1, 1},
    {OpKind::REDUCE_ANY, 1, 1, 1},
    {OpKind::RESHAPE, 1, 1, 1},
    {OpKind::ROUND, 1, 1, 1},
    {OpKind::SELECT_V2, 1, 1, 1},
    {OpKind::SHAPE, 1, 1, 1},
    {OpKind::SIN, 1, 1, 1},
    {OpKind::SQUARE, 1, 1, 1},
    {OpKind::SQUEEZE, 1, 1, 1},
    {OpKind::ZEROS_LIKE, 1, 1, 1},
};

/// The deciding type: for a convolution that of the image, for others that of the first operand
/// that is not a shape or axis.
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

// Scales per output need no higher version with integer activations: version 12 is for float
// activations only. LiteRT writes 6 for 4-bit weights without a bias, but only readers of version
// 10 and more can run them.
int32_t fullyConnectedVersion(const Graph& graph, const Op& op, int32_t plain) {
    const auto* options = std::get_if<types::FullyConnectedOptions>(&op.options);
    if (operand(graph, op, 1)->type == DataType::Int4)
        return operand(graph, op, 0)->type == DataType::Int16 ? 13 : 10;
    if (op.input(2) < 0) return std::max(plain, 6);
    return options != nullptr && options->keepNumDims ? std::max(plain, 5) : plain;
}

int32_t transposeConvVersion(const Graph& graph, const Op& op) {
    if (activationOf(op.options) != types::Activation::None) return 4;
    if (op.input(3) >= 0) return 3;
    return operand(graph, op, 1)->type == DataType::Float32 ? 1 : 2;
}

int32_t lstmVersion(const Op& op, int32_t plain) {
    const auto* options = std::get_if<types::LstmOptions>(&op.options);
    return options != nullptr && options->diagonalRecurrentTensors ? std::max(plain, 4) : plain;
}

const Row* rowOf(OpKind kind) {
    const auto* row = std::ranges::find(kRows, kind, &Row::kind);
    return row == std::end(kRows) ? nullptr : row;
}

/// Nothing for types that the table does not have.
std::optional<int32_t> plainVersion(const Row& row, DataType type) {
    switch (type) {
        case DataType::Float32:
            return row.float32;
        case DataType::Int8:
            return row.int8;
        case DataType::Int16:
            return row.int16;
        default:
            return std::nullopt;
    }
}

}  // namespace

int32_t opVersion(const Graph& graph, const Op& op) {
    if (op.kind == OpKind::TRANSPOSE_CONV) return transposeConvVersion(graph, op);
    if (op.kind == OpKind::QUANTIZE)
        return graph.tensor(op.output(0)).type == DataType::Int16 ? 2 : 1;
    const Row* row = rowOf(op.kind);
    if (row == nullptr) return op.version;
    const auto plain = plainVersion(*row, activationType(graph, op));
    if (!plain) return op.version;
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
            return convolutionVersion(graph, op, *plain);
        case OpKind::FULLY_CONNECTED:
            return fullyConnectedVersion(graph, op, *plain);
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return lstmVersion(op, *plain);
        case OpKind::CAST:
            return graph.tensor(op.output(0)).type == DataType::Int8 ? 3 : *plain;
        default:
            return *plain;
    }
}

bool hasOpVersion(OpKind kind) {
    return rowOf(kind) != nullptr;
}

}  // namespace analysis
