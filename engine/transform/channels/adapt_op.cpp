// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/adapt_op.h"

#include "analysis/constants.h"

namespace transform {

using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;

namespace {

struct Change {
    const Graph& before;
    Graph& after;
    size_t index;
    ConstantEdits& edits;

    Op& op() const { return after.ops[index]; }
    const Shape& oldInput(size_t i) const { return before.tensor(op().inputs[i]).shape; }
    const Shape& input(size_t i) const { return after.tensor(op().inputs[i]).shape; }
    const Shape& oldOutput(size_t i) const { return before.tensor(op().outputs[i]).shape; }
    const Shape& output(size_t i) const { return after.tensor(op().outputs[i]).shape; }
    std::optional<std::vector<int64_t>> ints(size_t operand) const {
        return analysis::constantInts(before, op().input(operand));
    }
};

/// An operand with the shape of output 0; open dimensions (-1) stay open.
void adaptShapeOperand(const Change& change, size_t operand) {
    auto wanted = change.ints(operand);
    if (!wanted || change.output(0) == change.oldOutput(0)) return;
    for (size_t i = 0; i < wanted->size() && i < change.output(0).size(); ++i)
        if ((*wanted)[i] != -1) (*wanted)[i] = change.output(0)[i];
    change.edits.addInts(change.before, change.index, operand, *wanted);
}

void adaptReshape(const Change& change) {
    adaptShapeOperand(change, 1);
    auto* options = std::get_if<types::ReshapeOptions>(&change.op().options);
    if (!options || options->newShape.size() != change.output(0).size()) return;
    for (size_t i = 0; i < options->newShape.size(); ++i)
        if (options->newShape[i] != -1) options->newShape[i] = change.output(0)[i];
}

/// Without a list every axis of length 1 is squeezed, but an axis that was narrowed to 1 must stay.
void adaptSqueeze(const Change& change) {
    auto* options = std::get_if<types::SqueezeOptions>(&change.op().options);
    if (!options || !options->dims.empty() || change.input(0) == change.oldInput(0)) return;
    for (size_t axis = 0; axis < change.oldInput(0).size(); ++axis)
        if (change.oldInput(0)[axis] == 1) options->dims.push_back(static_cast<int32_t>(axis));
}

/// An operand with height and width of output 0.
void adaptSizeOperand(const Change& change) {
    if (!change.ints(1) || change.output(0) == change.oldOutput(0)) return;
    change.edits.addInts(change.before, change.index, 1,
                         {change.output(0)[1], change.output(0)[2]});
}

void adaptDepthwise(const Change& change) {
    auto* options = std::get_if<types::WindowOptions>(&change.op().options);
    options->depthMultiplier = change.output(0)[3] / change.input(0)[3];
}

void adaptSplitSizes(const Change& change) {
    auto sizes = change.ints(1);
    const auto axes = change.ints(2);
    if (!sizes || !axes || change.input(0) == change.oldInput(0)) return;
    const auto rank = static_cast<int64_t>(change.input(0).size());
    const auto axis = static_cast<size_t>((*axes)[0] < 0 ? (*axes)[0] + rank : (*axes)[0]);
    for (size_t i = 0; i < sizes->size(); ++i)
        if ((*sizes)[i] != -1) (*sizes)[i] = change.output(i)[axis];
    change.edits.addInts(change.before, change.index, 1, *sizes);
}

/// Ends of slices over a whole axis; axes with partial slices never shrink.
void adaptEnds(const Change& change) {
    auto ends = change.ints(2);
    if (!ends || change.input(0) == change.oldInput(0)) return;
    for (size_t axis = 0; axis < ends->size(); ++axis)
        if (change.input(0)[axis] != change.oldInput(0)[axis])
            (*ends)[axis] = change.input(0)[axis];
    change.edits.addInts(change.before, change.index, 2, *ends);
}

}  // namespace

void adaptOp(const Graph& before, Graph& after, size_t op, ConstantEdits& edits) {
    const Change change{before, after, op, edits};
    switch (change.op().kind) {
        case OpKind::RESHAPE:
            return adaptReshape(change);
        case OpKind::SQUEEZE:
            return adaptSqueeze(change);
        case OpKind::DEPTHWISE_CONV_2D:
            return adaptDepthwise(change);
        case OpKind::RESIZE_BILINEAR:
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
            return adaptSizeOperand(change);
        case OpKind::TRANSPOSE_CONV:
            return adaptShapeOperand(change, 0);
        case OpKind::BROADCAST_TO:
            return adaptShapeOperand(change, 1);
        case OpKind::SLICE:
            return adaptShapeOperand(change, 2);
        case OpKind::STRIDED_SLICE:
            return adaptEnds(change);
        case OpKind::SPLIT_V:
            return adaptSplitSizes(change);
        default:
            return;
    }
}

}  // namespace transform
