// SPDX-License-Identifier: GPL-3.0-or-later
// Element-wise operators, with broadcasting, and operators that combine values along one axis only.

#include "transform/channels/dependency_rules.h"
#include "types/op_traits.h"

namespace transform {
namespace {

using types::OpKind;
using types::OpPattern;

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

}  // namespace

DependencyRule elementwiseDependencyRule(OpKind kind) {
    if (kind == OpKind::SELECT) return dependenciesOfSelect;
    if (kind == OpKind::BROADCAST_TO) return dependenciesOfBroadcastTo;
    switch (types::opTraits(kind).pattern) {
        case OpPattern::ElementWise:
            return dependenciesOfUnary;
        case OpPattern::Broadcast:
            return dependenciesOfBroadcast;
        case OpPattern::LastAxis:
            return dependenciesOfNormalization;
        case OpPattern::Reduction:
            return dependenciesOfReduction;
        default:
            return nullptr;
    }
}

}  // namespace transform
