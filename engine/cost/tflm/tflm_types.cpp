// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/tflm_types.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cost {
namespace {

using types::DataType;
using enum types::OpKind;

using TypeSet = uint32_t;

constexpr TypeSet setOf(DataType type) {
    return TypeSet{1} << static_cast<int>(type);
}
constexpr TypeSet F32 = setOf(DataType::Float32), I8 = setOf(DataType::Int8),
                  I16 = setOf(DataType::Int16), I32 = setOf(DataType::Int32),
                  I64 = setOf(DataType::Int64), U8 = setOf(DataType::UInt8),
                  U32 = setOf(DataType::UInt32), U64 = setOf(DataType::UInt64), Bit = setOf(DataType::Bool), Any = ~TypeSet{0};

/// Operands as rows name them: input i, or the first output.
constexpr int kOutput = -1;

/// Types of one operand; an operator may have several rows.
struct TypeRow {
    types::OpKind kind;
    TypeSet types;
    int operand = 0;
};

// clang-format off
constexpr auto kTypeRows = std::to_array<TypeRow>({
    {ABS, F32 | I8 | I16},
    {ADD, F32 | I8 | I16 | I32, kOutput},
    {ADD_N, F32 | I8},
    {ARG_MAX, F32 | I8}, {ARG_MAX, I32, 1}, {ARG_MAX, I32, kOutput},
    {ARG_MIN, F32 | I8}, {ARG_MIN, I32, 1}, {ARG_MIN, I32, kOutput},
    {ASSIGN_VARIABLE, Any},
    {AVERAGE_POOL_2D, F32 | I8 | I16},
    {BATCH_MATMUL, F32 | I8 | I16},
    {BATCH_TO_SPACE_ND, F32 | I8},
    {BROADCAST_ARGS, I32 | I64},
    {BROADCAST_TO, Any}, {BROADCAST_TO, I32 | I64, 1},
    {CALL_ONCE, Any},
    {CAST, F32 | I8 | I16 | I32 | U32 | Bit}, {CAST, F32 | I8 | I16 | I32 | U32, kOutput},
    {CEIL, F32},
    {CONCATENATION, F32 | I8 | I16 | I32 | I64 | Bit},
    {CONV_2D, F32 | I8 | I16},
    {COS, F32},
    {CUMSUM, F32 | I8}, {CUMSUM, I32, 1},
    {DEPTHWISE_CONV_2D, F32 | I8 | I16},
    {DEPTH_TO_SPACE, F32 | I8},
    {DEQUANTIZE, I8 | I16 | U8}, {DEQUANTIZE, F32, kOutput},
    {DIV, F32 | I8 | I32, kOutput},
    {DYNAMIC_UPDATE_SLICE, F32 | I8 | I16 | I32}, {DYNAMIC_UPDATE_SLICE, I32 | I64, 2},
    {ELU, F32 | I8},
    {EMBEDDING_LOOKUP, I32}, {EMBEDDING_LOOKUP, F32 | I8, 1},
    {EQUAL, F32 | I8 | I32 | I64 | Bit},
    {EXP, F32},
    {EXPAND_DIMS, F32 | I8 | I16},
    {FILL, F32 | I8 | I32, 1},
    {FLOOR, F32},
    {FLOOR_DIV, F32},
    {FLOOR_MOD, F32},
    {FULLY_CONNECTED, F32 | I8 | I16},
    {GATHER, F32 | I8}, {GATHER, I32, 1},
    {GATHER_ND, F32 | I8}, {GATHER_ND, I32, 1},
    {GREATER, F32 | I8 | I16 | I32 | I64},
    {GREATER_EQUAL, F32 | I8 | I32 | I64},
    {HARD_SWISH, F32 | I8},
    {IF, Bit},
    {L2_NORMALIZATION, F32 | I8},
    {L2_POOL_2D, F32},
    {LEAKY_RELU, F32 | I8 | I16},
    {LESS, F32 | I8 | I32 | I64},
    {LESS_EQUAL, F32 | I8 | I32 | I64},
    {LOG, F32},
    {LOGICAL_AND, Bit},
    {LOGICAL_NOT, Bit},
    {LOGICAL_OR, Bit},
    {LOGISTIC, F32 | I8 | I16},
    {LOG_SOFTMAX, F32 | I8},
    {MAXIMUM, F32 | I8 | I16 | I32 | I64},
    {MAX_POOL_2D, F32 | I8 | I16},
    {MEAN, F32 | I8 | I16}, {MEAN, I32, 1},
    {MINIMUM, F32 | I8 | I16 | I32 | I64},
    {MIRROR_PAD, F32 | I8},
    {MUL, F32 | I8 | I16 | I32},
    {NEG, F32},
    {NOT_EQUAL, F32 | I8 | I32 | I64 | Bit},
    {PACK, F32 | I8 | I16 | I32 | I64},
    {PAD, F32 | I8 | I16 | I32},
    {PADV2, F32 | I8 | I16 | I32},
    {PRELU, F32 | I8 | I16},
    {QUANTIZE, F32 | I8 | I16 | I32 | U8}, {QUANTIZE, I8 | I16 | I32 | U8, kOutput},
    {READ_VARIABLE, setOf(DataType::Resource)},
    {REDUCE_ALL, Bit}, {REDUCE_ALL, I32, 1},
    {REDUCE_MAX, F32 | I8}, {REDUCE_MAX, I32, 1},
    {REDUCE_MIN, F32 | I8}, {REDUCE_MIN, I32, 1},
    {RELU, F32 | I8 | I16},
    {RELU6, F32 | I8 | I16},
    {RESHAPE, Any},
    {RESIZE_BILINEAR, F32 | I8}, {RESIZE_BILINEAR, I32, 1},
    {RESIZE_NEAREST_NEIGHBOR, F32 | I8 | I16}, {RESIZE_NEAREST_NEIGHBOR, I32, 1},
    {REVERSE_V2, F32 | I8 | U8 | I16 | I32 | I64 | Bit}, {REVERSE_V2, I32, 1},
    {ROUND, F32},
    {RSQRT, F32 | I8 | I16},
    {SELECT_V2, Bit}, {SELECT_V2, F32 | I8 | I16, 1},
    {SHAPE, I32, kOutput},
    {SIN, F32},
    {SLICE, F32 | I8 | I16 | I32 | Bit}, {SLICE, I32 | I64, 1},
    {SOFTMAX, F32 | I8 | I16},
    {SPACE_TO_BATCH_ND, F32 | I8},
    {SPACE_TO_DEPTH, F32 | I8},
    {SPLIT, F32 | I8 | I16 | I32, 1},
    {SPLIT_V, F32 | I8 | I16 | I32},
    {SQRT, F32},
    {SQUARE, F32},
    {SQUARED_DIFFERENCE, F32 | I8 | I16 | I32},
    {SQUEEZE, Any},
    {STRIDED_SLICE, F32 | I8 | I16 | I32 | Bit},
    {SUB, F32 | I8 | I16 | I32, kOutput},
    {SUM, F32 | I8 | I16}, {SUM, I32, 1},
    {SVDF, F32 | I8},
    {TANH, F32 | I8 | I16},
    {TRANSPOSE, F32 | I8 | I16},
    {TRANSPOSE_CONV, F32 | I8 | I16, 2},
    {UNIDIRECTIONAL_SEQUENCE_LSTM, F32 | I8 | I16},
    {UNPACK, F32 | I8 | I16 | I32},
    {VAR_HANDLE, Any},
    {WHILE, Any},
    {ZEROS_LIKE, F32 | I8 | I32 | I64},
    {DETECTION_POSTPROCESS, F32}, {DETECTION_POSTPROCESS, F32, 1},
    {TFLM_DECODE, Any},
    {CIRCULAR_BUFFER, I8}, {CIRCULAR_BUFFER, I8, kOutput},
    {SIGNAL_DELAY, I16}, {SIGNAL_DELAY, I16, kOutput},
    {SIGNAL_ENERGY, I16}, {SIGNAL_ENERGY, U32, kOutput},
    {SIGNAL_FFT_AUTO_SCALE, I16}, {SIGNAL_FFT_AUTO_SCALE, I16, kOutput},
    {SIGNAL_FILTER_BANK, U32}, {SIGNAL_FILTER_BANK, I16, 1}, {SIGNAL_FILTER_BANK, U64, kOutput},
    {SIGNAL_FILTER_BANK_LOG, U32}, {SIGNAL_FILTER_BANK_LOG, I16, kOutput},
    {SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION, U32},
    {SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION, U32, kOutput},
    {SIGNAL_FILTER_BANK_SQUARE_ROOT, U64}, {SIGNAL_FILTER_BANK_SQUARE_ROOT, I32, 1},
    {SIGNAL_FILTER_BANK_SQUARE_ROOT, U32, kOutput},
    {SIGNAL_FRAMER, I16}, {SIGNAL_FRAMER, I16, kOutput},
    {SIGNAL_IRFFT, F32 | I16 | I32},
    {SIGNAL_OVERLAP_ADD, F32 | I16},
    {SIGNAL_PCAN, U32}, {SIGNAL_PCAN, I16, 2}, {SIGNAL_PCAN, U32, kOutput},
    {SIGNAL_RFFT, F32 | I16 | I32},
    {SIGNAL_STACKER, I16}, {SIGNAL_STACKER, I16, kOutput},
    {SIGNAL_WINDOW, I16}, {SIGNAL_WINDOW, I16, 1}, {SIGNAL_WINDOW, I16, kOutput},
});
// clang-format on

constexpr auto kCustom = std::to_array<std::string_view>({
    "ethos-u",
});

/// "float32, int8 or int16"
std::string namesOf(TypeSet types) {
    std::string text;
    for (int code = types::kDataTypeCount - 1; code >= 0; --code) {
        const auto type = static_cast<DataType>(code);
        if ((types & setOf(type)) == 0) continue;
        const TypeSet later = types & ~((setOf(type) << 1) - 1);
        const char* separator = text.empty() ? "" : (later & (later - 1)) == 0 ? " or " : ", ";
        text = types::dataTypeName(type) + separator + text;
    }
    return text;
}

}  // namespace

bool isKnownToTflm(const types::Op& op) {
    if (op.kind == CUSTOM)
        return std::find(kCustom.begin(), kCustom.end(), op.customCode) != kCustom.end();
    return std::any_of(kTypeRows.begin(), kTypeRows.end(),
                       [&op](const TypeRow& row) { return row.kind == op.kind; });
}

std::optional<std::string> refusedTypes(const types::Graph& graph, const types::Op& op) {
    for (const TypeRow& row : kTypeRows) {
        if (row.kind != op.kind) continue;
        const int32_t tensor =
            row.operand == kOutput ? op.output(0) : op.input(static_cast<size_t>(row.operand));
        if (tensor < 0) continue;
        const DataType type = graph.tensor(tensor).type;
        if ((row.types & setOf(type)) != 0) continue;
        const std::string operand =
            row.operand == kOutput ? "output" : "input " + std::to_string(row.operand);
        return "its kernel takes " + namesOf(row.types) + " as " + operand + ", not " +
               types::dataTypeName(type);
    }
    return std::nullopt;
}

}  // namespace cost
