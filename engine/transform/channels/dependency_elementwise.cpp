// SPDX-License-Identifier: GPL-3.0-or-later
// Element-wise operators, with broadcasting, and operators that combine values along one axis only.

#include <algorithm>

#include "transform/channels/dependency_rules.h"

namespace transform {
namespace {

using types::OpKind;

/// Operands are aligned at their last axes. A broadcast dimension of 1 has no removable elements.
void tieBroadcast(const OpAxes& op, int32_t operand, int32_t out) {
    const int32_t lead = op.rank(out) - op.rank(operand);
    if (lead < 0) return op.fixAll("joins tensors of different rank");
    for (int32_t axis = 0; axis < op.rank(operand); ++axis)
        if (op.length(operand, axis) == op.length(out, lead + axis) ||
            op.length(operand, axis) != 1)
            op.tie(operand, axis, out, lead + axis);
}

void dependenciesOfUnary(const OpAxes& op) {
    op.tiePlaces(op.in(0), op.out(0));
}

void dependenciesOfBroadcast(const OpAxes& op) {
    for (size_t i = 0; i < op.op.inputs.size(); ++i)
        if (op.has(i)) tieBroadcast(op, op.in(i), op.out(0));
}

/// SELECT (version 1) aligns a vector of conditions with the first axis.
void dependenciesOfSelect(const OpAxes& op) {
    for (size_t i = 0; i < op.op.inputs.size(); ++i)
        op.tiePlaces(op.in(i), op.out(0));
}

/// The shape operand states how far input 0 is broadcast.
void dependenciesOfBroadcastTo(const OpAxes& op) {
    if (!op.ints(1)) return op.fixAll("computes its output shape at run time");
    tieBroadcast(op, op.in(0), op.out(0));
}

void dependenciesOfNormalization(const OpAxes& op) {
    op.tiePlaces(op.in(0), op.out(0));
    op.fix(op.out(0), op.last(op.out(0)), "normalises over its last axis");
}

/// MEAN, SUM and similar: kept axes are tied, reduced ones fixed.
void dependenciesOfReduction(const OpAxes& op) {
    const auto axes = op.ints(1);
    const auto* options = op.options<types::ReduceOptions>();
    if (!axes || !options) return op.fixAll("computes its axes at run time");
    const int32_t in = op.in(0), out = op.out(0);
    std::vector<bool> reduced(static_cast<size_t>(op.rank(in)), false);
    for (int64_t axis : *axes)
        if (const auto known = op.axisIn(axis, in)) reduced[static_cast<size_t>(*known)] = true;
    int32_t next = 0;
    for (int32_t axis = 0; axis < op.rank(in); ++axis) {
        const bool gone = reduced[static_cast<size_t>(axis)];
        if (gone) op.fix(in, axis, "reduces this axis");
        if (!gone) op.tie(in, axis, out, next);
        if (!gone || options->keepDims) ++next;
    }
}

bool isUnary(OpKind kind) {
    constexpr OpKind kUnary[] = {
        OpKind::ABS,        OpKind::CAST,        OpKind::CEIL,        OpKind::COS,
        OpKind::DEQUANTIZE, OpKind::ELU,         OpKind::EXP,         OpKind::FLOOR,
        OpKind::GELU,       OpKind::HARD_SWISH,  OpKind::LEAKY_RELU,  OpKind::LOG,
        OpKind::LOGISTIC,   OpKind::LOGICAL_NOT, OpKind::NEG,         OpKind::QUANTIZE,
        OpKind::RELU,       OpKind::RELU6,       OpKind::RELU_0_TO_1, OpKind::RELU_N1_TO_1,
        OpKind::ROUND,      OpKind::RSQRT,       OpKind::SIGN,        OpKind::SIN,
        OpKind::SQRT,       OpKind::SQUARE,      OpKind::TANH,        OpKind::ZEROS_LIKE};
    return std::find(std::begin(kUnary), std::end(kUnary), kind) != std::end(kUnary);
}

bool isBroadcast(OpKind kind) {
    constexpr OpKind kBroadcast[] = {OpKind::ADD,
                                     OpKind::ADD_N,
                                     OpKind::ATAN2,
                                     OpKind::BITWISE_XOR,
                                     OpKind::DIV,
                                     OpKind::EQUAL,
                                     OpKind::FLOOR_DIV,
                                     OpKind::FLOOR_MOD,
                                     OpKind::GREATER,
                                     OpKind::GREATER_EQUAL,
                                     OpKind::LESS,
                                     OpKind::LESS_EQUAL,
                                     OpKind::MAXIMUM,
                                     OpKind::MINIMUM,
                                     OpKind::MUL,
                                     OpKind::NOT_EQUAL,
                                     OpKind::POW,
                                     OpKind::PRELU,
                                     OpKind::LOGICAL_AND,
                                     OpKind::LOGICAL_OR,
                                     OpKind::SELECT_V2,
                                     OpKind::SUB,
                                     OpKind::SQUARED_DIFFERENCE};
    return std::find(std::begin(kBroadcast), std::end(kBroadcast), kind) != std::end(kBroadcast);
}

}  // namespace

DependencyRule elementwiseDependencyRule(OpKind kind) {
    if (isUnary(kind)) return dependenciesOfUnary;
    if (isBroadcast(kind)) return dependenciesOfBroadcast;
    switch (kind) {
        case OpKind::SELECT:
            return dependenciesOfSelect;
        case OpKind::BROADCAST_TO:
            return dependenciesOfBroadcastTo;
        case OpKind::SOFTMAX:
        case OpKind::LOG_SOFTMAX:
        case OpKind::L2_NORMALIZATION:
        case OpKind::LOCAL_RESPONSE_NORMALIZATION:
            return dependenciesOfNormalization;
        case OpKind::MEAN:
        case OpKind::SUM:
        case OpKind::REDUCE_MAX:
        case OpKind::REDUCE_MIN:
        case OpKind::REDUCE_PROD:
        case OpKind::REDUCE_ANY:
        case OpKind::REDUCE_ALL:
            return dependenciesOfReduction;
        default:
            return nullptr;
    }
}

}  // namespace transform
