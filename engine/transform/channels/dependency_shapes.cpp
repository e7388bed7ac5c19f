// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that change the shape or the order of axes, but not the values.

#include "transform/channels/dependency_rules.h"

namespace transform {

using types::OpKind;

void tieMerged(const OpAxes& op, int32_t from, int32_t first, int32_t count, Axis to) {
    std::optional<int32_t> tracked;
    bool several = false;
    for (int32_t axis = first; axis < first + count; ++axis) {
        if (count > 1 && (op.length(from, axis) == 1 || !op.table.mayShrink({from, axis})))
            continue;
        several = several || tracked.has_value();
        tracked = axis;
    }
    if (!tracked || several) {
        for (int32_t axis = first; axis < first + count; ++axis)
            op.fix(from, axis, "merges axes");
        return op.table.fix(to, op.because("merges axes"));
    }
    int32_t inner = 1;
    for (int32_t axis = *tracked + 1; axis < first + count; ++axis)
        inner *= op.length(from, axis);
    for (int32_t axis = first; axis < first + count; ++axis)
        if (axis != *tracked) op.fix(from, axis, "merges axes");
    const int32_t length = op.length(from, *tracked);
    for (int32_t i = 0; i < op.table.length(to); ++i)
        op.table.tie({from, *tracked}, i / inner % length, to, i);
}

namespace {

constexpr const char* kMixes = "splits and merges axes at once";
constexpr const char* kSplits = "splits this axis";

/// A minimal range of axes on each side of a reshape whose lengths have the same product.
struct Block {
    int32_t firstIn, endIn, firstOut, endOut;
};

/// Axes of length 1 have no channels and are skipped.
std::vector<int32_t> longAxes(const OpAxes& op, int32_t owner) {
    std::vector<int32_t> axes;
    for (int32_t axis = 0; axis < op.rank(owner); ++axis)
        if (op.length(owner, axis) != 1) axes.push_back(axis);
    return axes;
}

/// Removing one element of the innermost new axis removes it from every run of the old axis.
void tieSplit(const OpAxes& op, Axis from, int32_t to, int32_t first, int32_t end) {
    for (int32_t axis = first; axis < end - 1; ++axis)
        op.fix(to, axis, kSplits);
    const Axis inner{to, end - 1};
    for (int32_t i = 0; i < op.table.length(from); ++i)
        op.table.tie(from, i, inner, i % op.table.length(inner));
}

void tieBlock(const OpAxes& op, int32_t in, int32_t out, const Block& block) {
    const int32_t countIn = block.endIn - block.firstIn, countOut = block.endOut - block.firstOut;
    if (countIn == 1 && countOut == 1) return op.tie(in, block.firstIn, out, block.firstOut);
    if (countOut == 1) return tieMerged(op, in, block.firstIn, countIn, {out, block.firstOut});
    if (countIn == 1) return tieSplit(op, {in, block.firstIn}, out, block.firstOut, block.endOut);
    for (int32_t axis = block.firstIn; axis < block.endIn; ++axis)
        op.fix(in, axis, kMixes);
    for (int32_t axis = block.firstOut; axis < block.endOut; ++axis)
        op.fix(out, axis, kMixes);
}

/// Divides both shapes into the smallest blocks of equal products.
void tieReshaped(const OpAxes& op, int32_t in, int32_t out) {
    const auto axesIn = longAxes(op, in), axesOut = longAxes(op, out);
    size_t i = 0, o = 0;
    while (i < axesIn.size() && o < axesOut.size()) {
        const size_t startIn = i, startOut = o;
        int64_t productIn = op.length(in, axesIn[i++]), productOut = op.length(out, axesOut[o++]);
        while (productIn != productOut) {
            if (productIn < productOut && i < axesIn.size())
                productIn *= op.length(in, axesIn[i++]);
            else if (productOut < productIn && o < axesOut.size())
                productOut *= op.length(out, axesOut[o++]);
            else
                return op.fixAll(kMixes);
        }
        tieBlock(op, in, out,
                 {axesIn[startIn], axesIn[i - 1] + 1, axesOut[startOut], axesOut[o - 1] + 1});
    }
    if (i < axesIn.size() || o < axesOut.size()) op.fixAll(kMixes);
}

void dependenciesOfReshape(const OpAxes& op) {
    const bool dynamic = op.op.kind == OpKind::RESHAPE && op.has(1) && !op.ints(1);
    if (dynamic) return op.fixAll("computes its output shape at run time");
    if (types::elementCount(op.table.shape(op.in(0))) == 0) return op.fixAll("has no elements");
    tieReshaped(op, op.in(0), op.out(0));
}

void dependenciesOfTranspose(const OpAxes& op) {
    const auto permutation = op.ints(1);
    if (!permutation) return op.fixAll("computes its permutation at run time");
    for (int32_t axis = 0; axis < op.rank(op.out(0)); ++axis) {
        const auto from = op.axisIn((*permutation)[static_cast<size_t>(axis)], op.in(0));
        op.tie(op.in(0), *from, op.out(0), axis);
    }
}

/// PACK (several inputs become one new axis of the output), and UNPACK in the other direction.
void dependenciesOfStack(const OpAxes& op) {
    const bool packs = op.op.kind == OpKind::PACK;
    const int32_t stacked = packs ? op.out(0) : op.in(0);
    const auto axis = op.axisIn(op.options<types::PartsOptions>()->axis, stacked);
    op.fix(stacked, *axis, "stacks along this axis");
    const size_t parts = packs ? op.op.inputs.size() : op.op.outputs.size();
    for (size_t i = 0; i < parts; ++i) {
        const int32_t part = packs ? op.in(i) : op.out(i);
        for (int32_t a = 0; a < op.rank(part); ++a)
            op.tie(part, a, stacked, a < *axis ? a : a + 1);
    }
}

}  // namespace

DependencyRule shapeDependencyRule(OpKind kind) {
    switch (kind) {
        case OpKind::RESHAPE:
        case OpKind::SQUEEZE:
        case OpKind::EXPAND_DIMS:
            return dependenciesOfReshape;
        case OpKind::TRANSPOSE:
            return dependenciesOfTranspose;
        case OpKind::PACK:
        case OpKind::UNPACK:
            return dependenciesOfStack;
        default:
            return nullptr;
    }
}

}  // namespace transform
