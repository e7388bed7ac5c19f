// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/prepare.h"

#include "lowering/pack/pack_cortex_m.h"

namespace lowering {
namespace {

using types::OpKind;

using Prepare = OpPlan (*)(const OpView&);

struct Row {
    OpKind kind;
    Prepare prepare;
};

constexpr Row kRows[] = {
    {OpKind::CONV_2D, prepareConvolution},
    {OpKind::DEPTHWISE_CONV_2D, prepareDepthwise},
    {OpKind::TRANSPOSE_CONV, prepareTransposeConv},
    {OpKind::FULLY_CONNECTED, prepareFullyConnected},
    {OpKind::BATCH_MATMUL, prepareBatchMatMul},
    {OpKind::ADD, prepareAdd},
    {OpKind::SUB, prepareSub},
    {OpKind::MUL, prepareMul},
    {OpKind::DIV, prepareDiv},
    {OpKind::FLOOR_DIV, prepareFloorArithmetic},
    {OpKind::FLOOR_MOD, prepareFloorArithmetic},
    {OpKind::MAXIMUM, prepareMinimumMaximum},
    {OpKind::MINIMUM, prepareMinimumMaximum},
    {OpKind::SQUARED_DIFFERENCE, prepareSquaredDifference},
    {OpKind::PRELU, preparePrelu},
    {OpKind::SELECT_V2, prepareSelect},
    {OpKind::EQUAL, prepareCompare},
    {OpKind::NOT_EQUAL, prepareCompare},
    {OpKind::LESS, prepareCompare},
    {OpKind::LESS_EQUAL, prepareCompare},
    {OpKind::GREATER, prepareCompare},
    {OpKind::GREATER_EQUAL, prepareCompare},
    {OpKind::LOGICAL_AND, prepareLogical},
    {OpKind::LOGICAL_OR, prepareLogical},
    {OpKind::LOGICAL_NOT, prepareLogical},
    {OpKind::ABS, prepareUnary},
    {OpKind::CEIL, prepareUnary},
    {OpKind::COS, prepareUnary},
    {OpKind::ELU, prepareUnary},
    {OpKind::EXP, prepareUnary},
    {OpKind::FLOOR, prepareUnary},
    {OpKind::HARD_SWISH, prepareUnary},
    {OpKind::LEAKY_RELU, prepareUnary},
    {OpKind::LOG, prepareUnary},
    {OpKind::LOGISTIC, prepareUnary},
    {OpKind::NEG, prepareUnary},
    {OpKind::RELU, prepareUnary},
    {OpKind::RELU6, prepareUnary},
    {OpKind::ROUND, prepareUnary},
    {OpKind::RSQRT, prepareUnary},
    {OpKind::SIN, prepareUnary},
    {OpKind::SQRT, prepareUnary},
    {OpKind::SQUARE, prepareUnary},
    {OpKind::TANH, prepareUnary},
    {OpKind::CAST, prepareCast},
    {OpKind::AVERAGE_POOL_2D, preparePool},
    {OpKind::MAX_POOL_2D, preparePool},
    {OpKind::L2_POOL_2D, preparePool},
    {OpKind::SUM, prepareSum},
    {OpKind::MEAN, prepareSum},
    {OpKind::REDUCE_MAX, prepareReduceExtreme},
    {OpKind::REDUCE_MIN, prepareReduceExtreme},
    {OpKind::REDUCE_ALL, prepareReduceExtreme},
    {OpKind::REDUCE_ANY, prepareReduceExtreme},
    {OpKind::ARG_MAX, prepareArg},
    {OpKind::ARG_MIN, prepareArg},
    {OpKind::ADD_N, prepareAddN},
    {OpKind::CUMSUM, prepareCumsum},
    {OpKind::RESHAPE, prepareCopy},
    {OpKind::SQUEEZE, prepareCopy},
    {OpKind::EXPAND_DIMS, prepareCopy},
    {OpKind::PAD, preparePad},
    {OpKind::PADV2, preparePad},
    {OpKind::MIRROR_PAD, prepareMirrorPad},
    {OpKind::TRANSPOSE, prepareTranspose},
    {OpKind::CONCATENATION, prepareConcatenation},
    {OpKind::PACK, preparePack},
    {OpKind::UNPACK, prepareUnpack},
    {OpKind::SPLIT, prepareSplit},
    {OpKind::SPLIT_V, prepareSplit},
    {OpKind::SLICE, prepareSlice},
    {OpKind::STRIDED_SLICE, prepareStridedSlice},
    {OpKind::REVERSE_V2, prepareReverse},
    {OpKind::BROADCAST_TO, prepareBroadcastTo},
    {OpKind::SPACE_TO_DEPTH, prepareSpaceToDepth},
    {OpKind::DEPTH_TO_SPACE, prepareDepthToSpace},
    {OpKind::SPACE_TO_BATCH_ND, prepareSpaceToBatch},
    {OpKind::BATCH_TO_SPACE_ND, prepareBatchToSpace},
    {OpKind::RESIZE_NEAREST_NEIGHBOR, prepareResizeNearest},
    {OpKind::RESIZE_BILINEAR, prepareResizeBilinear},
    {OpKind::GATHER, prepareGather},
    {OpKind::GATHER_ND, prepareGatherNd},
    {OpKind::DYNAMIC_UPDATE_SLICE, prepareUpdateSlice},
    {OpKind::FILL, prepareFill},
    {OpKind::ZEROS_LIKE, prepareZerosLike},
    {OpKind::SHAPE, prepareShapeOf},
    {OpKind::SOFTMAX, prepareSoftmax},
    {OpKind::LOG_SOFTMAX, prepareLogSoftmax},
    {OpKind::L2_NORMALIZATION, prepareL2Normalization},
    {OpKind::QUANTIZE, prepareQuantize},
    {OpKind::DEQUANTIZE, prepareDequantize},
    {OpKind::SVDF, prepareSvdf},
    {OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, prepareLstm},
};

Prepare prepareFor(OpKind kind) {
    for (const Row& row : kRows)
        if (row.kind == kind) return row.prepare;
    return nullptr;
}

// Data that no kernel could read as plain elements.
void requirePlainOperands(const OpView& op) {
    constexpr size_t kMaxOperands = 10000;  // a Program counts them in 16 bits
    op.require(op.inputCount() < kMaxOperands && op.outputCount() < kMaxOperands,
               "has more than 10,000 operands");
    for (int32_t index : op.inputs())
        if (index >= 0)
            op.require(!op.graph().tensor(index).isSparse, "with sparse data has no kernel");
}

}  // namespace

bool hasPrepare(OpKind kind) {
    return prepareFor(kind) != nullptr;
}

types::Result<OpPlan> planOp(const types::Graph& graph, size_t index, types::Isa isa) {
    const types::Op& op = graph.ops[index];
    const Prepare prepare = prepareFor(op.kind);
    if (prepare == nullptr)
        return types::fail(op.name() + " is not supported by this runtime",
                           types::opLabel(graph, index), "the model can be inspected, not run");
    try {
        const OpView view(graph, op);
        requirePlainOperands(view);
        OpPlan plan = prepare(view);
        if (plan.inputs.empty()) plan.inputs = op.inputs;
        packForIsa(view, isa, plan);
        return plan;
    } catch (const Refusal& refusal) {
        return types::fail(op.name() + " " + refusal.why, types::opLabel(graph, index),
                           "the model can be inspected, not run");
    }
}

}  // namespace lowering
