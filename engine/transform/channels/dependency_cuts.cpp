// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that join tensors along an axis or cut them into parts.

#include "transform/channels/dependency_rules.h"

namespace transform {
namespace {

using types::OpKind;

/// Ties every axis of `part` to the same axis of `whole`; on `axis`, `part` starts at `offset`.
void tiePart(const OpAxes& op, int32_t part, int32_t whole, int32_t axis, int32_t offset) {
    for (int32_t a = 0; a < op.rank(part); ++a)
        if (a != axis) op.tie(part, a, whole, a);
    for (int32_t i = 0; i < op.length(part, axis); ++i)
        op.table.tie({part, axis}, i, {whole, axis}, offset + i);
}

void dependenciesOfConcatenation(const OpAxes& op) {
    const auto axis = op.axisIn(op.options<types::ConcatenationOptions>()->axis, op.out(0));
    int32_t offset = 0;
    for (size_t i = 0; i < op.op.inputs.size(); ++i) {
        tiePart(op, op.in(i), op.out(0), *axis, offset);
        offset += op.length(op.in(i), *axis);
    }
}

/// SPLIT has parts of equal length, so all parts must lose the same elements.
void dependenciesOfSplit(const OpAxes& op) {
    const auto axes = op.ints(0);
    if (!axes) return op.fixAll("computes its axis at run time");
    const int32_t in = op.in(1);
    const auto axis = op.axisIn((*axes)[0], in);
    const int32_t length = op.length(op.out(0), *axis);
    for (size_t i = 0; i < op.op.outputs.size(); ++i) {
        tiePart(op, op.out(i), in, *axis, static_cast<int32_t>(i) * length);
        op.tie(op.out(i), *axis, op.out(0), *axis);
    }
}

void dependenciesOfSplitV(const OpAxes& op) {
    const auto axes = op.ints(2);
    if (!axes || !op.ints(1)) return op.fixAll("computes its parts at run time");
    const auto axis = op.axisIn((*axes)[0], op.in(0));
    int32_t offset = 0;
    for (size_t i = 0; i < op.op.outputs.size(); ++i) {
        tiePart(op, op.out(i), op.in(0), *axis, offset);
        offset += op.length(op.out(i), *axis);
    }
}

/// Axes that are taken whole are tied; axes that are taken in part are fixed.
void tieWholeAxis(const OpAxes& op, int32_t axisIn, int32_t axisOut, bool whole) {
    if (whole) return op.tie(op.in(0), axisIn, op.out(0), axisOut);
    op.fix(op.in(0), axisIn, "cuts a piece out of this axis");
    op.fix(op.out(0), axisOut, "cuts a piece out of this axis");
}

void dependenciesOfSlice(const OpAxes& op) {
    if (!op.ints(1) || !op.ints(2)) return op.fixAll("computes its bounds at run time");
    for (int32_t axis = 0; axis < op.rank(op.in(0)); ++axis)
        tieWholeAxis(op, axis, axis, op.length(op.in(0), axis) == op.length(op.out(0), axis));
}

void dependenciesOfStridedSlice(const OpAxes& op) {
    const auto* o = op.options<types::StridedSliceOptions>();
    const auto strides = op.ints(3);
    if (!op.ints(1) || !op.ints(2) || !strides) return op.fixAll("computes its bounds at run time");
    if (o->ellipsisMask || o->newAxisMask || o->offset)
        return op.fixAll("inserts axes or takes offsets");
    int32_t next = 0;
    for (int32_t axis = 0; axis < op.rank(op.in(0)); ++axis) {
        const bool listed = static_cast<size_t>(axis) < strides->size();
        if (listed && (o->shrinkAxisMask >> axis & 1)) {
            op.fix(op.in(0), axis, "picks one element of this axis");
            continue;
        }
        const bool forward = !listed || (*strides)[static_cast<size_t>(axis)] == 1;
        const bool whole = op.length(op.in(0), axis) == op.length(op.out(0), next);
        tieWholeAxis(op, axis, next++, forward && whole);
    }
}

/// Repeated axes are fixed.
void dependenciesOfTile(const OpAxes& op) {
    const auto multiples = op.ints(1);
    if (!multiples) return op.fixAll("computes its multiples at run time");
    for (int32_t axis = 0; axis < op.rank(op.in(0)); ++axis)
        tieWholeAxis(op, axis, axis, (*multiples)[static_cast<size_t>(axis)] == 1);
}

}  // namespace

DependencyRule cutDependencyRule(OpKind kind) {
    switch (kind) {
        case OpKind::CONCATENATION:
            return dependenciesOfConcatenation;
        case OpKind::SPLIT:
            return dependenciesOfSplit;
        case OpKind::SPLIT_V:
            return dependenciesOfSplitV;
        case OpKind::SLICE:
            return dependenciesOfSlice;
        case OpKind::STRIDED_SLICE:
            return dependenciesOfStridedSlice;
        case OpKind::TILE:
            return dependenciesOfTile;
        default:
            return nullptr;
    }
}

}  // namespace transform
