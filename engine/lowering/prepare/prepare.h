// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: the list of operators and their prepare functions. A new operator needs a
// function in the file of its family and a row here; then it runs.
// tests/operators/operator_coverage_test.cpp names the files of other rooms (class, shape, scales,
// channels, versions, sizes, a golden) where it is missing.

#include "lowering/prepare/op_view.h"
#include "types/result.h"
#include "types/target.h"

namespace lowering {

// clang-format off
#define NETCALIPER_PREPARES(X) \
    X(CONV_2D, prepareConvolution) \
    X(DEPTHWISE_CONV_2D, prepareDepthwise) \
    X(TRANSPOSE_CONV, prepareTransposeConv) \
    X(FULLY_CONNECTED, prepareFullyConnected) \
    X(BATCH_MATMUL, prepareBatchMatMul) \
    X(ADD, prepareAdd) \
    X(SUB, prepareSub) \
    X(MUL, prepareMul) \
    X(DIV, prepareDiv) \
    X(FLOOR_DIV, prepareFloorArithmetic) \
    X(FLOOR_MOD, prepareFloorArithmetic) \
    X(MAXIMUM, prepareMinimumMaximum) \
    X(MINIMUM, prepareMinimumMaximum) \
    X(SQUARED_DIFFERENCE, prepareSquaredDifference) \
    X(PRELU, preparePrelu) \
    X(SELECT_V2, prepareSelect) \
    X(EQUAL, prepareCompare) \
    X(NOT_EQUAL, prepareCompare) \
    X(LESS, prepareCompare) \
    X(LESS_EQUAL, prepareCompare) \
    X(GREATER, prepareCompare) \
    X(GREATER_EQUAL, prepareCompare) \
    X(LOGICAL_AND, prepareLogical) \
    X(LOGICAL_OR, prepareLogical) \
    X(LOGICAL_NOT, prepareLogical) \
    X(ABS, prepareUnary) \
    X(CEIL, prepareUnary) \
    X(COS, prepareUnary) \
    X(ELU, prepareUnary) \
    X(EXP, prepareUnary) \
    X(FLOOR, prepareUnary) \
    X(HARD_SWISH, prepareUnary) \
    X(LEAKY_RELU, prepareUnary) \
    X(LOG, prepareUnary) \
    X(LOGISTIC, prepareUnary) \
    X(NEG, prepareUnary) \
    X(RELU, prepareUnary) \
    X(RELU6, prepareUnary) \
    X(ROUND, prepareUnary) \
    X(RSQRT, prepareUnary) \
    X(SIN, prepareUnary) \
    X(SQRT, prepareUnary) \
    X(SQUARE, prepareUnary) \
    X(TANH, prepareUnary) \
    X(CAST, prepareCast) \
    X(AVERAGE_POOL_2D, preparePool) \
    X(MAX_POOL_2D, preparePool) \
    X(L2_POOL_2D, preparePool) \
    X(SUM, prepareSum) \
    X(MEAN, prepareSum) \
    X(REDUCE_MAX, prepareReduceExtreme) \
    X(REDUCE_MIN, prepareReduceExtreme) \
    X(REDUCE_ALL, prepareReduceExtreme) \
    X(REDUCE_ANY, prepareReduceExtreme) \
    X(ARG_MAX, prepareArg) \
    X(ARG_MIN, prepareArg) \
    X(ADD_N, prepareAddN) \
    X(CUMSUM, prepareCumsum) \
    X(RESHAPE, prepareCopy) \
    X(SQUEEZE, prepareCopy) \
    X(EXPAND_DIMS, prepareCopy) \
    X(PAD, preparePad) \
    X(PADV2, preparePad) \
    X(MIRROR_PAD, prepareMirrorPad) \
    X(TRANSPOSE, prepareTranspose) \
    X(CONCATENATION, prepareConcatenation) \
    X(PACK, preparePack) \
    X(UNPACK, prepareUnpack) \
    X(SPLIT, prepareSplit) \
    X(SPLIT_V, prepareSplit) \
    X(SLICE, prepareSlice) \
    X(STRIDED_SLICE, prepareStridedSlice) \
    X(REVERSE_V2, prepareReverse) \
    X(BROADCAST_TO, prepareBroadcastTo) \
    X(SPACE_TO_DEPTH, prepareSpaceToDepth) \
    X(DEPTH_TO_SPACE, prepareDepthToSpace) \
    X(SPACE_TO_BATCH_ND, prepareSpaceToBatch) \
    X(BATCH_TO_SPACE_ND, prepareBatchToSpace) \
    X(RESIZE_NEAREST_NEIGHBOR, prepareResizeNearest) \
    X(RESIZE_BILINEAR, prepareResizeBilinear) \
    X(GATHER, prepareGather) \
    X(GATHER_ND, prepareGatherNd) \
    X(DYNAMIC_UPDATE_SLICE, prepareUpdateSlice) \
    X(FILL, prepareFill) \
    X(ZEROS_LIKE, prepareZerosLike) \
    X(SHAPE, prepareShapeOf) \
    X(SOFTMAX, prepareSoftmax) \
    X(LOG_SOFTMAX, prepareLogSoftmax) \
    X(L2_NORMALIZATION, prepareL2Normalization) \
    X(QUANTIZE, prepareQuantize) \
    X(DEQUANTIZE, prepareDequantize) \
    X(SVDF, prepareSvdf) \
    X(UNIDIRECTIONAL_SEQUENCE_LSTM, prepareLstm) \
    X(EMBEDDING_LOOKUP, prepareEmbeddingLookup) \
    X(BROADCAST_ARGS, prepareBroadcastArgs) \
    X(CALL_ONCE, prepareCallOnce) \
    X(IF, prepareIf) \
    X(WHILE, prepareWhile) \
    X(VAR_HANDLE, prepareVarHandle) \
    X(READ_VARIABLE, prepareReadVariable) \
    X(ASSIGN_VARIABLE, prepareAssignVariable) \
    X(CIRCULAR_BUFFER, prepareCircularBuffer) \
    X(SIGNAL_DELAY, prepareDelay) \
    X(SIGNAL_FRAMER, prepareFramer) \
    X(SIGNAL_STACKER, prepareStacker) \
    X(SIGNAL_OVERLAP_ADD, prepareOverlapAdd) \
    X(SIGNAL_WINDOW, prepareWindow) \
    X(SIGNAL_FFT_AUTO_SCALE, prepareFftAutoScale) \
    X(SIGNAL_RFFT, prepareRfft) \
    X(SIGNAL_IRFFT, prepareIrfft) \
    X(SIGNAL_ENERGY, prepareEnergy) \
    X(SIGNAL_FILTER_BANK, prepareFilterBank) \
    X(SIGNAL_FILTER_BANK_SQUARE_ROOT, prepareSquareRoot) \
    X(SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION, prepareSpectralSubtraction) \
    X(SIGNAL_PCAN, preparePcan) \
    X(SIGNAL_FILTER_BANK_LOG, prepareFilterBankLog) \
    X(TFLM_DECODE, prepareDecode) \
    X(DETECTION_POSTPROCESS, prepareDetection)
// clang-format on

#define NETCALIPER_DECLARATION(kind, prepare) OpPlan prepare(const OpView& op);
NETCALIPER_PREPARES(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

/// True where an operator has a prepare function.
bool hasPrepare(types::OpKind kind);

/// Returns the plan of operator `index` of a validated graph, or an Error with the reason why it
/// cannot run.
///
/// Called twice on the way to a Program: first for scratch and overwritable inputs, from which a
/// memory plan is made (requirements.h), then by lower() for parameters and packed weights, when
/// offsets are known. The memory plan may come from any source, so lower() checks it against its
/// own needs; since this is a pure function, both calls return the same.
types::Result<OpPlan> planOp(const types::Graph& graph, size_t index,
                             types::Isa isa = types::Isa::Portable);

/// The same for operator `index` of a subgraph of a model, of which many operators are planned.
types::Result<OpPlan> planOp(Model& model, size_t subgraph, size_t index);

}  // namespace lowering
