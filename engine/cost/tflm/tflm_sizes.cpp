// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/tflm_sizes.h"

#include <algorithm>
#include <array>

namespace cost {
namespace {

using enum types::OpKind;

constexpr TflmSizes kHost64{8, 72, 72, 72, 16, 16, 24, 64, 64, 24, 8, 16, 40};
constexpr TflmSizes kCortexM{4, 36, 44, 36, 8, 8, 12, 32, 32, 12, 4, 12, 20};
constexpr TflmSizes kEsp{4, 36, 44, 36, 8, 8, 12, 32, 40, 12, 4, 12, 20};

/// Options of one or more 4-byte words; of bytes only; none.
constexpr OptionsBlock words(int64_t bytes) {
    return {bytes, 4};
}
constexpr OptionsBlock bytes(int64_t count) {
    return {count, 1};
}
/// Two pointers.
constexpr OptionsBlock kHostNames{16, 8}, kArmNames{8, 4};
constexpr OptionsBlock kNone{};

struct Row {
    types::OpKind kind;
    OptionsBlock hostOptions, armOptions;
    int64_t hostData, armData;
};

// clang-format off
constexpr auto kRows = std::to_array<Row>({
    // Kernels with a CMSIS-NN version.
    {ADD,                          words(8),  bytes(2),  60,  60},
    {AVERAGE_POOL_2D,              words(40), words(40), 32,  36},
    {BATCH_MATMUL,                 bytes(3),  bytes(3),  32,  36},
    {CONV_2D,                      words(28), words(28), 72,  60},
    {DEPTHWISE_CONV_2D,            words(28), words(28), 72,  60},
    {FULLY_CONNECTED,              words(16), bytes(5),  64,  76},
    {MAXIMUM,                      kNone,     kNone,     0,   0},
    {MAX_POOL_2D,                  words(40), words(40), 32,  36},
    {MINIMUM,                      kNone,     kNone,     0,   0},
    {MUL,                          words(4),  bytes(1),  36,  36},
    {PAD,                          kNone,     kNone,     56,  56},
    {PADV2,                        kNone,     kNone,     56,  56},
    {SOFTMAX,                      words(4),  words(4),  80,  64},
    {SVDF,                         words(12), words(8),  36,  40},
    {TRANSPOSE,                    kNone,     kNone,     0,   0},
    {TRANSPOSE_CONV,               words(20), words(16), 80,  76},
    {UNIDIRECTIONAL_SEQUENCE_LSTM, words(16), words(16), 688, 912},
    // Operators that use the reference kernel everywhere.
    {ABS,                          kNone,     kNone,     32,  20},
    {ADD_N,                        kNone,     kNone,     0,   0},
    {ARG_MAX,                      words(4),  bytes(1),  0,   0},
    {ARG_MIN,                      words(4),  bytes(1),  0,   0},
    {ASSIGN_VARIABLE,               kNone,     kNone,     0,   0},
    {BATCH_TO_SPACE_ND,            kNone,     kNone,     0,   0},
    {BROADCAST_ARGS,                kNone,     kNone,     0,   0},
    {BROADCAST_TO,                 kNone,     kNone,     0,   0},
    {CALL_ONCE,                     words(4),  words(4),  8,   8},
    {CAST,                         words(8),  bytes(2),  0,   0},
    {CEIL,                         kNone,     kNone,     0,   0},
    {CONCATENATION,                words(8),  words(8),  40,  24},
    {COS,                          kNone,     kNone,     0,   0},
    {CUMSUM,                       bytes(2),  bytes(2),  0,   0},
    {DEPTH_TO_SPACE,               words(4),  words(4),  0,   0},
    {DEQUANTIZE,                   kNone,     kNone,     32,  32},
    {DIV,                          words(4),  bytes(1),  28,  28},
    {DYNAMIC_UPDATE_SLICE,         kNone,     kNone,     0,   0},
    {ELU,                          kNone,     kNone,     256, 256},
    {EMBEDDING_LOOKUP,              kNone,     kNone,     0,   0},
    {EQUAL,                        kNone,     kNone,     32,  32},
    {EXP,                          kNone,     kNone,     0,   0},
    {EXPAND_DIMS,                  kNone,     kNone,     0,   0},
    {FILL,                         kNone,     kNone,     0,   0},
    {FLOOR,                        kNone,     kNone,     0,   0},
    {FLOOR_DIV,                    kNone,     kNone,     0,   0},
    {FLOOR_MOD,                    kNone,     kNone,     0,   0},
    {GATHER,                       words(8),  words(8),  0,   0},
    {GATHER_ND,                    kNone,     kNone,     0,   0},
    {GREATER,                      kNone,     kNone,     32,  32},
    {GREATER_EQUAL,                kNone,     kNone,     32,  32},
    {HARD_SWISH,                   kNone,     kNone,     20,  20},
    {IF,                            words(8),  words(8),  8,   8},
    {L2_NORMALIZATION,             words(4),  bytes(1),  4,   4},
    {L2_POOL_2D,                   words(40), words(40), 32,  32},
    {LEAKY_RELU,                   words(4),  words(4),  24,  24},
    {LESS,                         kNone,     kNone,     32,  32},
    {LESS_EQUAL,                   kNone,     kNone,     32,  32},
    {LOG,                          kNone,     kNone,     0,   0},
    {LOGICAL_AND,                  kNone,     kNone,     0,   0},
    {LOGICAL_NOT,                  kNone,     kNone,     0,   0},
    {LOGICAL_OR,                   kNone,     kNone,     0,   0},
    {LOGISTIC,                     kNone,     kNone,     16,  16},
    {LOG_SOFTMAX,                  kNone,     kNone,     0,   0},
    {MEAN,                         bytes(1),  bytes(1),  36,  36},
    {MIRROR_PAD,                   words(4),  bytes(1),  20,  20},
    {NEG,                          kNone,     kNone,     0,   0},
    {NOT_EQUAL,                    kNone,     kNone,     32,  32},
    {PACK,                         words(8),  words(8),  0,   0},
    {PRELU,                        kNone,     kNone,     28,  28},
    {QUANTIZE,                     kNone,     kNone,     32,  32},
    {READ_VARIABLE,                 kNone,     kNone,     0,   0},
    {REDUCE_ALL,                   bytes(1),  bytes(1),  36,  36},
    {REDUCE_MAX,                   bytes(1),  bytes(1),  36,  36},
    {REDUCE_MIN,                   bytes(1),  bytes(1),  36,  36},
    {RELU,                         kNone,     kNone,     28,  28},
    {RELU6,                        kNone,     kNone,     2,   2},
    {RESHAPE,                      words(36), words(36), 0,   0},
    {RESIZE_BILINEAR,              bytes(2),  bytes(2),  0,   0},
    {RESIZE_NEAREST_NEIGHBOR,      bytes(2),  bytes(2),  0,   0},
    {REVERSE_V2,                   kNone,     kNone,     0,   0},
    {ROUND,                        kNone,     kNone,     0,   0},
    {RSQRT,                        kNone,     kNone,     32,  20},
    {SELECT_V2,                    kNone,     kNone,     2,   2},
    {SHAPE,                        words(4),  bytes(1),  0,   0},
    {SIN,                          kNone,     kNone,     0,   0},
    {SLICE,                        kNone,     kNone,     0,   0},
    {SPACE_TO_BATCH_ND,            kNone,     kNone,     4,   4},
    {SPACE_TO_DEPTH,               words(4),  words(4),  0,   0},
    {SPLIT,                        words(4),  words(4),  0,   0},
    {SPLIT_V,                      words(4),  words(4),  0,   0},
    {SQRT,                         kNone,     kNone,     0,   0},
    {SQUARE,                       kNone,     kNone,     0,   0},
    {SQUARED_DIFFERENCE,           kNone,     kNone,     112, 112},
    {SQUEEZE,                      words(36), words(36), 0,   0},
    {STRIDED_SLICE,                words(24), words(24), 84,  84},
    {SUB,                          words(8),  bytes(2),  52,  52},
    {SUM,                          bytes(1),  bytes(1),  36,  36},
    {TANH,                         kNone,     kNone,     16,  16},
    {UNPACK,                       words(8),  words(8),  0,   0},
    {VAR_HANDLE,                    kHostNames, kArmNames, 4,   4},
    {WHILE,                         words(8),  words(8),  8,   8},
    {ZEROS_LIKE,                   kNone,     kNone,     0,   0},
    {DETECTION_POSTPROCESS,        kNone,     kNone,     112, 112},
    {TFLM_DECODE,                  kNone,     kNone,     0,   0},
    // Custom operators have no parsed options.
    {CIRCULAR_BUFFER,              kNone,     kNone,     8,   8},
    {SIGNAL_DELAY,                 kNone,     kNone,     32,  20},
    {SIGNAL_ENERGY,                kNone,     kNone,     8,   8},
    {SIGNAL_FFT_AUTO_SCALE,        kNone,     kNone,     0,   0},
    {SIGNAL_FILTER_BANK,           kNone,     kNone,     64,  36},
    {SIGNAL_FILTER_BANK_LOG,       kNone,     kNone,     8,   8},
    {SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION, kNone, kNone, 56, 44},
    {SIGNAL_FILTER_BANK_SQUARE_ROOT, kNone,   kNone,     0,   0},
    {SIGNAL_FRAMER,                kNone,     kNone,     40,  28},
    {SIGNAL_IRFFT,                 kNone,     kNone,     32,  24},
    {SIGNAL_OVERLAP_ADD,           kNone,     kNone,     32,  24},
    {SIGNAL_PCAN,                  kNone,     kNone,     4,   4},
    {SIGNAL_RFFT,                  kNone,     kNone,     48,  32},
    {SIGNAL_STACKER,               kNone,     kNone,     56,  36},
    {SIGNAL_WINDOW,                kNone,     kNone,     8,   8},
});
// clang-format on

/// Data of kernels without CMSIS-NN where pointers have 4 bytes; the other kernels have one form.
struct SmallRow {
    types::OpKind kind;
    int64_t referenceData, espData;
};
constexpr auto kSmallRows = std::to_array<SmallRow>({
    {ABS, 20, 28},
    {AVERAGE_POOL_2D, 32, 32},
    {BATCH_MATMUL, 16, 16},
    {CONV_2D, 56, 60},
    {DEPTHWISE_CONV_2D, 56, 60},
    {FULLY_CONNECTED, 48, 48},
    {MAX_POOL_2D, 32, 32},
    {RSQRT, 20, 28},
    {SOFTMAX, 56, 64},
    {SVDF, 36, 36},
    {TRANSPOSE_CONV, 72, 72},
    {UNIDIRECTIONAL_SEQUENCE_LSTM, 688, 688},
});

int64_t smallData(const Row& row, TflmBuild build) {
    for (const SmallRow& small : kSmallRows)
        if (small.kind == row.kind)
            return build == TflmBuild::Esp ? small.espData : small.referenceData;
    return row.armData;
}

/// Enumerations have four bytes on the host and with ESP-NN; only names are pointers.
OptionsBlock optionsOf(const Row& row, TflmBuild build) {
    const bool hasPointers = row.hostOptions.alignment == kHostNames.alignment;
    const bool isHost = build == TflmBuild::Host64;
    const bool isEsp = build == TflmBuild::Esp;
    return isHost || (isEsp && !hasPointers) ? row.hostOptions : row.armOptions;
}

}  // namespace

const TflmSizes& tflmSizes(TflmBuild build) {
    if (build == TflmBuild::Esp) return kEsp;
    return build == TflmBuild::Host64 ? kHost64 : kCortexM;
}

std::optional<OpSizes> opSizes(types::OpKind kind, TflmBuild build) {
    const auto row =
        std::find_if(kRows.begin(), kRows.end(), [kind](const Row& r) { return r.kind == kind; });
    if (row == kRows.end()) return std::nullopt;
    const int64_t data = build == TflmBuild::Host64    ? row->hostData
                         : build == TflmBuild::CortexM ? row->armData
                                                       : smallData(*row, build);
    return OpSizes{optionsOf(*row, build), data};
}

bool requestsScratch(const types::Op& op) {
    switch (op.kind) {
        case ADD_N:
        case AVERAGE_POOL_2D:
        case BATCH_MATMUL:
        case CONV_2D:
        case CUSTOM:
        case DEPTHWISE_CONV_2D:
        case DETECTION_POSTPROCESS:
        case FULLY_CONNECTED:
        case MAX_POOL_2D:
        case MEAN:
        case MIRROR_PAD:
        case REDUCE_ALL:
        case REDUCE_MAX:
        case REDUCE_MIN:
        case SIGNAL_RFFT:
        case SUM:
        case SVDF:
        case TRANSPOSE_CONV:
        case UNIDIRECTIONAL_SEQUENCE_LSTM:
            return true;
        default:
            return false;
    }
}

}  // namespace cost
