// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare.h"

namespace lowering {
namespace {

using types::OpKind;

using Prepare = OpPlan (*)(const OpView&);

Prepare prepareFor(OpKind kind) {
    switch (kind) {
        case OpKind::CONV_2D:
            return prepareConvolution;
        case OpKind::DEPTHWISE_CONV_2D:
            return prepareDepthwise;
        case OpKind::FULLY_CONNECTED:
            return prepareFullyConnected;
        case OpKind::ADD:
            return prepareAdd;
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
            return preparePool;
        case OpKind::SUM:
        case OpKind::MEAN:
            return prepareSum;
        case OpKind::RESHAPE:
        case OpKind::SQUEEZE:
        case OpKind::EXPAND_DIMS:
            return prepareCopy;
        case OpKind::PAD:
        case OpKind::PADV2:
            return preparePad;
        case OpKind::TRANSPOSE:
            return prepareTranspose;
        case OpKind::SOFTMAX:
            return prepareSoftmax;
        case OpKind::QUANTIZE:
            return prepareQuantize;
        case OpKind::DEQUANTIZE:
            return prepareDequantize;
        case OpKind::SVDF:
            return prepareSvdf;
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return prepareLstm;
        default:
            return nullptr;
    }
}

// Data that no kernel could read as plain elements.
void requirePlainOperands(const OpView& op) {
    constexpr size_t kMostOperands = 10000;  // a Program counts them in 16 bits
    op.require(op.inputCount() < kMostOperands && op.outputCount() < kMostOperands,
               "has more than 10,000 operands");
    for (int32_t index : op.inputs())
        if (index >= 0)
            op.require(!op.graph().tensor(index).isSparse, "with sparse data has no kernel");
}

}  // namespace

types::Result<OpPlan> planOp(const types::Graph& graph, size_t index) {
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
        return plan;
    } catch (const Refusal& refusal) {
        return types::fail(op.name() + " " + refusal.why, types::opLabel(graph, index),
                           "the model can be inspected, not run");
    }
}

}  // namespace lowering
