// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/tflm_history.h"

#include <algorithm>
#include <array>

namespace compat {
namespace {

using types::DataType;
using types::OpKind;
using enum types::OpKind;

struct OperatorRow {
    OpKind kind;
    Month month;
};

constexpr const char* kResolver = "tflite-micro, micro_mutable_op_resolver.h";

/// Operators that came after mid-2022, by the first of the judged months that has them.
constexpr auto kOperators = std::to_array<OperatorRow>({
    {DIV, 202306},
    {LOG_SOFTMAX, 202306},
    {SELECT_V2, 202306},
    {SQUARED_DIFFERENCE, 202306},
    {SUM, 202306},
    {SIGNAL_RFFT, 202306},
    {SIGNAL_WINDOW, 202306},
    {BATCH_MATMUL, 202406},
    {EMBEDDING_LOOKUP, 202406},
    {SIGNAL_DELAY, 202406},
    {SIGNAL_ENERGY, 202406},
    {SIGNAL_FFT_AUTO_SCALE, 202406},
    {SIGNAL_FILTER_BANK, 202406},
    {SIGNAL_FILTER_BANK_LOG, 202406},
    {SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION, 202406},
    {SIGNAL_FILTER_BANK_SQUARE_ROOT, 202406},
    {SIGNAL_FRAMER, 202406},
    {SIGNAL_IRFFT, 202406},
    {SIGNAL_OVERLAP_ADD, 202406},
    {SIGNAL_PCAN, 202406},
    {SIGNAL_STACKER, 202406},
    {DYNAMIC_UPDATE_SLICE, 202608},
    {REDUCE_ALL, 202608},
    {REDUCE_MIN, 202608},
    {REVERSE_V2, 202608},
    {TFLM_DECODE, 202608},
});

struct TypeRow {
    OpKind kind;
    DataType type;
    Month month;
    const char* source;
};

constexpr auto I4 = DataType::Int4, I16 = DataType::Int16, I32 = DataType::Int32,
               U32 = DataType::UInt32, Bit = DataType::Bool;

constexpr auto kTypes = std::to_array<TypeRow>({
    {CONV_2D, I4, 202210, "tflite-micro df704e135"},
    {DEPTHWISE_CONV_2D, I4, 202211, "tflite-micro 4f253e217"},
    {FULLY_CONNECTED, I4, 202211, "tflite-micro 4f253e217"},
    {CONCATENATION, Bit, 202208, "tflite-micro 399b83cbf"},
    {MUL, I16, 202212, "tflite-micro 3e7d66cc8"},
    {AVERAGE_POOL_2D, I16, 202301, "tflite-micro PR #1591"},
    {MAX_POOL_2D, I16, 202301, "tflite-micro PR #1591"},
    {ADD, I32, 202303, "tflite-micro PR #1847"},
    {RSQRT, I16, 202303, "tflite-micro PR #1753"},
    {SLICE, Bit, 202303, "tflite-micro PR #1832"},
    {STRIDED_SLICE, Bit, 202303, "tflite-micro PR #1832"},
    {SQUARED_DIFFERENCE, I16, 202303, "tflite-micro PR #1754"},
    {DEPTHWISE_CONV_2D, I16, 202308, "tflite-micro PR #2140"},
    {CAST, U32, 202310, "tflite-micro PR #2255"},
    {DIV, I32, 202310, "tflite-micro PR #2256"},
    {CAST, Bit, 202401, "tflite-micro PR #2401"},
    {EXPAND_DIMS, I16, 202405, "tflite-micro PR #2589"},
    {MAXIMUM, I16, 202409, "tflite-micro PR #2678"},
    {MINIMUM, I16, 202409, "tflite-micro PR #2678"},
    {RELU6, I16, 202409, "tflite-micro PR #2682"},
    {GREATER, I16, 202503, "tflite-micro PR #3028"},
    {RELU, I16, 202503, "tflite-micro PR #2727"},
    {TRANSPOSE, I16, 202503, "tflite-micro PR #3028"},
    {UNPACK, I16, 202503, "tflite-micro PR #3028"},
    {SUB, I32, 202506, "tflite-micro PR #3037"},
    {PRELU, I16, 202509, "tflite-micro PR #3191"},
});

/// Operators that move bytes or handle no data.
constexpr auto kOfAnyType = std::to_array<OpKind>(
    {ASSIGN_VARIABLE, CALL_ONCE, IF, READ_VARIABLE, RESHAPE, SHAPE, SQUEEZE, VAR_HANDLE, WHILE});

}  // namespace

bool isOfAnyType(OpKind kind) {
    return std::find(kOfAnyType.begin(), kOfAnyType.end(), kind) != kOfAnyType.end();
}

Learned learnedOperator(OpKind kind) {
    for (const OperatorRow& row : kOperators)
        if (row.kind == kind) return Learned{row.month, kResolver};
    return Learned{0, kResolver};
}

std::optional<Learned> learnedType(const Question& question) {
    const auto type = question.hasInt4Weights() ? std::optional(I4) : question.type();
    for (const TypeRow& row : kTypes)
        if (row.kind == question.op.kind && type == row.type) return Learned{row.month, row.source};
    const bool isOld = !type || *type == DataType::Int8 || *type == DataType::Float32 ||
                       types::isCustom(question.op.kind) || isOfAnyType(question.op.kind);
    if (isOld) return Learned{0, kResolver};
    return std::nullopt;
}

}  // namespace compat
