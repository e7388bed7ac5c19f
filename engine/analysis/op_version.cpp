// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/op_version.h"

#include <algorithm>

#include "analysis/op_version_rules.h"

namespace analysis {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Tensor;

namespace {

/// Versions for a first operand of float32 (and types without a row of their own), int8 and int16.
struct Row {
    OpKind kind;
    int32_t float32, int8, int16;
};

constexpr Row kRows[] = {
    {OpKind::CONV_2D, 1, 3, 1},
    {OpKind::DEPTHWISE_CONV_2D, 1, 3, 1},
    {OpKind::FULLY_CONNECTED, 1, 4, 1},
    {OpKind::BATCH_MATMUL, 1, 2, 3},
    {OpKind::SVDF, 1, 3, 1},
    {OpKind::MUL, 1, 2, 4},
    {OpKind::ADD, 1, 2, 3},
    {OpKind::SUB, 1, 2, 5},
    {OpKind::MAXIMUM, 1, 2, 4},
    {OpKind::MINIMUM, 1, 2, 4},
    {OpKind::AVERAGE_POOL_2D, 1, 2, 3},
    {OpKind::MAX_POOL_2D, 1, 2, 3},
    {OpKind::SOFTMAX, 1, 2, 3},
    {OpKind::LOG_SOFTMAX, 1, 2, 1},
    {OpKind::LOGISTIC, 1, 2, 3},
    {OpKind::TANH, 1, 2, 3},
    {OpKind::RELU, 1, 2, 3},
    {OpKind::RELU6, 1, 2, 3},
    {OpKind::LEAKY_RELU, 1, 1, 2},
    {OpKind::ABS, 1, 2, 3},
    {OpKind::RSQRT, 1, 2, 3},
    {OpKind::EXP, 1, 2, 2},
    {OpKind::LOG, 1, 2, 2},
    {OpKind::L2_NORMALIZATION, 1, 2, 1},
    {OpKind::MEAN, 1, 2, 3},
    {OpKind::SUM, 1, 2, 1},
    {OpKind::REDUCE_MAX, 1, 2, 3},
    {OpKind::REDUCE_MIN, 1, 2, 3},
    {OpKind::ARG_MAX, 1, 2, 1},
    {OpKind::ARG_MIN, 1, 2, 1},
    {OpKind::PAD, 1, 2, 3},
    {OpKind::PADV2, 1, 2, 3},
    {OpKind::MIRROR_PAD, 1, 2, 3},
    {OpKind::TRANSPOSE, 1, 2, 5},
    {OpKind::CONCATENATION, 1, 2, 3},
    {OpKind::PACK, 1, 2, 3},
    {OpKind::UNPACK, 1, 2, 4},
    {OpKind::SPLIT, 1, 2, 4},
    {OpKind::SPLIT_V, 1, 2, 1},
    {OpKind::SLICE, 1, 2, 4},
    {OpKind::STRIDED_SLICE, 1, 2, 1},
    {OpKind::REVERSE_V2, 1, 3, 1},
    {OpKind::SPACE_TO_DEPTH, 1, 2, 1},
    {OpKind::DEPTH_TO_SPACE, 1, 2, 1},
    {OpKind::SPACE_TO_BATCH_ND, 1, 2, 4},
    {OpKind::BATCH_TO_SPACE_ND, 1, 2, 4},
    {OpKind::RESIZE_NEAREST_NEIGHBOR, 1, 2, 4},
    {OpKind::RESIZE_BILINEAR, 1, 2, 4},
    {OpKind::GATHER, 1, 2, 4},
    {OpKind::GATHER_ND, 1, 1, 3},
    {OpKind::EQUAL, 1, 2, 5},
    {OpKind::NOT_EQUAL, 1, 2, 4},
    {OpKind::LESS, 1, 2, 3},
    {OpKind::LESS_EQUAL, 1, 2, 1},
    {OpKind::GREATER, 1, 2, 1},
    {OpKind::GREATER_EQUAL, 1, 2, 3},
    {OpKind::QUANTIZE, 1, 1, 1},
    {OpKind::DEQUANTIZE, 1, 2, 3},
    {OpKind::CAST, 1, 3, 1},
    {OpKind::TRANSPOSE_CONV, 1, 2, 1},
    {OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, 1, 1, 5},
    {OpKind::DIV, 1, 1, 1},
    {OpKind::FLOOR_DIV, 2, 3, 3},
    {OpKind::FLOOR_MOD, 1, 2, 2},
    {OpKind::SQUARED_DIFFERENCE, 1, 2, 1},
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
    {OpKind::CIRCULAR_BUFFER, 1, 1, 1},
    {OpKind::SIGNAL_DELAY, 1, 1, 1},
    {OpKind::SIGNAL_ENERGY, 1, 1, 1},
    {OpKind::SIGNAL_FFT_AUTO_SCALE, 1, 1, 1},
    {OpKind::SIGNAL_FILTER_BANK, 1, 1, 1},
    {OpKind::SIGNAL_FILTER_BANK_LOG, 1, 1, 1},
    {OpKind::SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION, 1, 1, 1},
    {OpKind::SIGNAL_FILTER_BANK_SQUARE_ROOT, 1, 1, 1},
    {OpKind::SIGNAL_FRAMER, 1, 1, 1},
    {OpKind::SIGNAL_IRFFT, 1, 1, 1},
    {OpKind::SIGNAL_OVERLAP_ADD, 1, 1, 1},
    {OpKind::SIGNAL_PCAN, 1, 1, 1},
    {OpKind::SIGNAL_RFFT, 1, 1, 1},
    {OpKind::SIGNAL_STACKER, 1, 1, 1},
    {OpKind::SIGNAL_WINDOW, 1, 1, 1},
    {OpKind::TFLM_DECODE, 1, 1, 1},
    {OpKind::DETECTION_POSTPROCESS, 1, 1, 1},
};

/// Versions for a first operand of another type.
struct TypeRow {
    OpKind kind;
    DataType type;
    int32_t version;
};

constexpr TypeRow kTypeRows[] = {
    {OpKind::ABS, DataType::Int32, 5},
    {OpKind::ABS, DataType::UInt8, 2},
    {OpKind::ADD, DataType::Float16, 6},
    {OpKind::ADD, DataType::Int64, 4},
    {OpKind::ARG_MAX, DataType::Bool, 3},
    {OpKind::ARG_MIN, DataType::Bool, 3},
    {OpKind::CONCATENATION, DataType::Float16, 6},
    {OpKind::CONCATENATION, DataType::Int4, 5},
    {OpKind::CONCATENATION, DataType::UInt32, 4},
    {OpKind::COS, DataType::Float16, 2},
    {OpKind::DEQUANTIZE, DataType::Float16, 3},
    {OpKind::DEQUANTIZE, DataType::Int4, 6},
    {OpKind::DEQUANTIZE, DataType::Int2, 7},
    {OpKind::DEQUANTIZE, DataType::UInt4, 8},
    {OpKind::DEQUANTIZE, DataType::Float8E4M3FN, 9},
    {OpKind::DEQUANTIZE, DataType::Float8E5M2, 9},
    {OpKind::DYNAMIC_UPDATE_SLICE, DataType::BFloat16, 6},
    {OpKind::DYNAMIC_UPDATE_SLICE, DataType::Float16, 3},
    {OpKind::DYNAMIC_UPDATE_SLICE, DataType::Int4, 5},
    {OpKind::EQUAL, DataType::String, 3},
    {OpKind::FILL, DataType::Bool, 2},
    {OpKind::FILL, DataType::Float16, 4},
    {OpKind::FILL, DataType::String, 2},
    {OpKind::FLOOR_DIV, DataType::Int32, 1},
    {OpKind::FLOOR_DIV, DataType::Int64, 1},
    {OpKind::GATHER, DataType::Bool, 3},
    {OpKind::GATHER, DataType::Int4, 7},
    {OpKind::GATHER_ND, DataType::Bool, 5},
    {OpKind::GATHER_ND, DataType::String, 2},
    {OpKind::MUL, DataType::Complex64, 6},
    {OpKind::MUL, DataType::Float16, 8},
    {OpKind::MUL, DataType::Int64, 5},
    {OpKind::MUL, DataType::UInt32, 7},
    {OpKind::NOT_EQUAL, DataType::String, 3},
    {OpKind::PACK, DataType::UInt32, 4},
    {OpKind::PAD, DataType::Bool, 5},
    {OpKind::PADV2, DataType::Bool, 5},
    {OpKind::RELU, DataType::UInt8, 2},
    {OpKind::REVERSE_V2, DataType::Bool, 2},
    {OpKind::SELECT_V2, DataType::UInt32, 2},
    {OpKind::SIN, DataType::Float16, 2},
    {OpKind::SLICE, DataType::Float16, 8},
    {OpKind::SLICE, DataType::Int4, 7},
    {OpKind::SLICE, DataType::String, 3},
    {OpKind::SLICE, DataType::UInt32, 6},
    {OpKind::SOFTMAX, DataType::Float16, 4},
    {OpKind::SPLIT, DataType::Int32, 3},
    {OpKind::SQUEEZE, DataType::String, 2},
    {OpKind::STRIDED_SLICE, DataType::Bool, 3},
    {OpKind::STRIDED_SLICE, DataType::String, 5},
    {OpKind::STRIDED_SLICE, DataType::UInt32, 7},
    {OpKind::SUB, DataType::Int64, 4},
    {OpKind::TRANSPOSE, DataType::BFloat16, 8},
    {OpKind::TRANSPOSE, DataType::Bool, 3},
    {OpKind::TRANSPOSE, DataType::Float16, 9},
    {OpKind::TRANSPOSE, DataType::Int4, 7},
    {OpKind::UNPACK, DataType::BFloat16, 5},
    {OpKind::UNPACK, DataType::Bool, 3},
    {OpKind::UNPACK, DataType::Float16, 5},
    {OpKind::UNPACK, DataType::UInt8, 2},
};

const Row* rowOf(OpKind kind) {
    const auto* row = std::ranges::find(kRows, kind, &Row::kind);
    return row == std::end(kRows) ? nullptr : row;
}

/// The operand whose type decides: behind an axis or a shape, and the weights of TRANSPOSE_CONV.
DataType decidingType(const Operands& view) {
    const OpKind kind = view.op.kind;
    const bool second =
        kind == OpKind::SPLIT || kind == OpKind::FILL || kind == OpKind::TRANSPOSE_CONV;
    const Tensor* tensor = view.input(second ? 1 : 0);
    if (tensor == nullptr) tensor = view.output();
    return tensor != nullptr ? tensor->type : DataType::Float32;
}

int32_t versionByType(const Row& row, DataType type) {
    if (type == DataType::Int8) return row.int8;
    if (type == DataType::Int16) return row.int16;
    for (const TypeRow& other : kTypeRows)
        if (other.kind == row.kind && other.type == type) return other.version;
    return row.float32;
}

}  // namespace

int32_t opVersion(const Graph& graph, const Op& op) {
    const Row* row = rowOf(op.kind);
    if (row == nullptr) return op.version;
    const Operands view{graph, op};
    const int32_t plain = versionByType(*row, decidingType(view));
    const VersionRule rule = versionRule(op.kind);
    return rule != nullptr ? rule(view, plain) : plain;
}

bool hasOpVersion(OpKind kind) {
    return rowOf(kind) != nullptr;
}

}  // namespace analysis
