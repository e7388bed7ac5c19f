// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/op_traits.h"

#include <array>
#include <optional>

namespace types {
namespace {

using enum OpKind;

struct Row {
    OpKind kind;
    OpTraits traits;
};

// clang-format off
constexpr Row kRows[] = {
    {CONV_2D,                      {OpClass::Convolution}},
    {CONV_3D,                      {OpClass::Convolution}},
    {TRANSPOSE_CONV,               {OpClass::Convolution}},
    {DEPTHWISE_CONV_2D,            {OpClass::Depthwise}},
    {FULLY_CONNECTED,              {OpClass::FullyConnected}},
    {BATCH_MATMUL,                 {OpClass::FullyConnected}},

    {SVDF,                         {OpClass::Recurrent}},
    {LSTM,                         {OpClass::Recurrent}},
    {RNN,                          {OpClass::Recurrent}},
    // Per unit and step: four gate activations and additions of two sums, a bias each, and the
    // cell's three products, one sum and one tanh.
    {UNIDIRECTIONAL_SEQUENCE_LSTM, {OpClass::Recurrent,      OpPattern::Other, 17}},
    {UNIDIRECTIONAL_SEQUENCE_RNN,  {OpClass::Recurrent}},
    {BIDIRECTIONAL_SEQUENCE_LSTM,  {OpClass::Recurrent}},
    {BIDIRECTIONAL_SEQUENCE_RNN,   {OpClass::Recurrent}},

    {AVERAGE_POOL_2D,              {OpClass::Pooling}},
    {MAX_POOL_2D,                  {OpClass::Pooling}},
    {L2_POOL_2D,                   {OpClass::Pooling}},
    {MEAN,                         {OpClass::Pooling,        OpPattern::Reduction}},
    {SUM,                          {OpClass::Pooling,        OpPattern::Reduction}},
    {REDUCE_MAX,                   {OpClass::Pooling,        OpPattern::Reduction}},
    {REDUCE_MIN,                   {OpClass::Pooling,        OpPattern::Reduction}},
    {REDUCE_PROD,                  {OpClass::Pooling,        OpPattern::Reduction}},
    {REDUCE_ALL,                   {OpClass::Pooling,        OpPattern::Reduction}},
    {REDUCE_ANY,                   {OpClass::Pooling,        OpPattern::Reduction}},

    {ADD,                          {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {ADD_N,                        {OpClass::ElementWise,    OpPattern::Broadcast}},
    {SUB,                          {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {MUL,                          {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {DIV,                          {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {FLOOR_DIV,                    {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {FLOOR_MOD,                    {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {POW,                          {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {ATAN2,                        {OpClass::ElementWise,    OpPattern::Broadcast}},
    {MAXIMUM,                      {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {MINIMUM,                      {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {SQUARED_DIFFERENCE,           {OpClass::ElementWise,    OpPattern::Broadcast, 2}},
    {EQUAL,                        {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {NOT_EQUAL,                    {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {LESS,                         {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {LESS_EQUAL,                   {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {GREATER,                      {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {GREATER_EQUAL,                {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {LOGICAL_AND,                  {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {LOGICAL_OR,                   {OpClass::ElementWise,    OpPattern::Broadcast, 1}},
    {BITWISE_XOR,                  {OpClass::ElementWise,    OpPattern::Broadcast}},
    {SELECT,                       {OpClass::ElementWise}},
    {SELECT_V2,                    {OpClass::ElementWise,    OpPattern::Broadcast, 1}},

    {ABS,                          {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {CEIL,                         {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {COS,                          {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {EXP,                          {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {FLOOR,                        {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {LOG,                          {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {LOGICAL_NOT,                  {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {NEG,                          {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {ROUND,                        {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {RSQRT,                        {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {SIGN,                         {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {SIN,                          {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {SQRT,                         {OpClass::ElementWise,    OpPattern::ElementWise, 1}},
    {SQUARE,                       {OpClass::ElementWise,    OpPattern::ElementWise, 1}},

    {ELU,                          {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {GELU,                         {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {HARD_SWISH,                   {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {LEAKY_RELU,                   {OpClass::Activation,     OpPattern::ElementWise, 2}},
    {LOGISTIC,                     {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {PRELU,                        {OpClass::Activation,     OpPattern::Broadcast, 2}},
    {RELU,                         {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {RELU6,                        {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {RELU_0_TO_1,                  {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {RELU_N1_TO_1,                 {OpClass::Activation,     OpPattern::ElementWise, 1}},
    {TANH,                         {OpClass::Activation,     OpPattern::ElementWise, 1}},
    // Greatest, difference, exponential, sum, quotient of each element.
    {SOFTMAX,                      {OpClass::Activation,     OpPattern::LastAxis, 5}},
    {LOG_SOFTMAX,                  {OpClass::Activation,     OpPattern::LastAxis, 5}},

    {L2_NORMALIZATION,             {OpClass::Other,          OpPattern::LastAxis, 3}},
    {LOCAL_RESPONSE_NORMALIZATION, {OpClass::Other,          OpPattern::LastAxis}},

    // A scale and an offset.
    {QUANTIZE,                     {OpClass::Other,          OpPattern::ElementWise, 2}},
    {DEQUANTIZE,                   {OpClass::Other,          OpPattern::ElementWise, 2}},
    {CAST,                         {OpClass::Other,          OpPattern::ElementWise}},
    {ZEROS_LIKE,                   {OpClass::Other,          OpPattern::ElementWise}},
    // Control flow counts what its subgraphs compute (analysis/count.cpp).
    {IF, {}},
    {WHILE, {}},
    {CALL_ONCE, {}},
    {VAR_HANDLE, {}},
    {READ_VARIABLE, {}},
    {ASSIGN_VARIABLE, {}},
    {BROADCAST_ARGS, {}},
    {EMBEDDING_LOOKUP, {}},
    {ARG_MAX, {}},
    {ARG_MIN, {}},
    {CUMSUM, {}},
    {BATCH_TO_SPACE_ND, {}},
    {BROADCAST_TO, {}},
    {CONCATENATION, {}},
    {DEPTH_TO_SPACE, {}},
    {DYNAMIC_UPDATE_SLICE, {}},
    {EXPAND_DIMS, {}},
    {FILL, {}},
    {GATHER, {}},
    {GATHER_ND, {}},
    {MIRROR_PAD, {}},
    {PACK, {}},
    {PAD, {}},
    {PADV2, {}},
    {RESHAPE, {}},
    // Weights of three neighbours in two directions.
    {RESIZE_BILINEAR,              {OpClass::Other,          OpPattern::Other, 7}},
    {RESIZE_NEAREST_NEIGHBOR, {}},
    {REVERSE_V2, {}},
    {SHAPE, {}},
    {SLICE, {}},
    {SPACE_TO_BATCH_ND, {}},
    {SPACE_TO_DEPTH, {}},
    {SPLIT, {}},
    {SPLIT_V, {}},
    {SQUEEZE, {}},
    {STRIDED_SLICE, {}},
    {TILE, {}},
    {TRANSPOSE, {}},
    {UNPACK, {}},

    // Custom operators of streaming models and their front ends.
    {CIRCULAR_BUFFER, {}},
    {SIGNAL_DELAY, {}},
    {SIGNAL_FRAMER, {}},
    {SIGNAL_STACKER, {}},
    {SIGNAL_OVERLAP_ADD, {}},
    // A product and a shift.
    {SIGNAL_WINDOW,                {OpClass::Other,          OpPattern::Other, 2}},
    // A comparison and a shift.
    {SIGNAL_FFT_AUTO_SCALE,        {OpClass::Other,          OpPattern::Other, 2}},
    {SIGNAL_RFFT, {}},
    {SIGNAL_IRFFT, {}},
    // Two squares and their sum.
    {SIGNAL_ENERGY,                {OpClass::Other,          OpPattern::Other, 3}},
    {SIGNAL_FILTER_BANK, {}},
    {SIGNAL_FILTER_BANK_SQUARE_ROOT, {OpClass::Other,        OpPattern::Other, 1}},
    // Smoothing (two products, a sum), the least rest, a difference, a maximum, three shifts.
    {SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION, {OpClass::Other, OpPattern::Other, 9}},
    // A gain (two products, two sums), its product, a shift, a square.
    {SIGNAL_PCAN,                  {OpClass::Other,          OpPattern::Other, 7}},
    {SIGNAL_FILTER_BANK_LOG,       {OpClass::Other,          OpPattern::Other, 1}},
    {TFLM_DECODE, {}},
    {DETECTION_POSTPROCESS, {}},
};
// clang-format on

using Table = std::array<std::optional<OpTraits>, static_cast<size_t>(kOpKindCount)>;

constexpr Table makeTable() {
    Table table{};
    for (const Row& row : kRows)
        table[static_cast<size_t>(row.kind)] = row.traits;
    return table;
}

constexpr Table kTable = makeTable();

}  // namespace

bool hasOpTraits(OpKind kind) {
    const auto code = static_cast<int32_t>(kind);
    return code >= 0 && code < kOpKindCount && kTable[static_cast<size_t>(code)].has_value();
}

OpTraits opTraits(OpKind kind) {
    return hasOpTraits(kind) ? *kTable[static_cast<size_t>(kind)] : OpTraits{};
}

}  // namespace types
