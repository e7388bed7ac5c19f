// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/resized_shapes.h"

#include <algorithm>

#include "analysis/constants.h"
#include "analysis/shapes.h"

namespace transform {

using types::fail;
using types::Graph;
using types::OpKind;
using types::Result;
using types::Shape;

namespace {

using Shapes = Result<std::vector<Shape>>;

struct Resizing {
    const Graph& before;
    Graph& after;
    size_t index;

    types::Op& op() const { return after.ops[index]; }
    const Shape& oldInput(size_t i) const { return before.tensor(op().inputs[i]).shape; }
    const Shape& input(size_t i) const { return after.tensor(op().inputs[i]).shape; }
    const Shape& oldOutput() const { return before.tensor(op().outputs[0]).shape; }
};

/// New length of an axis of `length`, where another axis changed from `old` to `now`.
std::optional<int32_t> scaled(int32_t length, int32_t now, int32_t old) {
    if (old == 0 || int64_t{length} * now % old != 0) return std::nullopt;
    return static_cast<int32_t>(int64_t{length} * now / old);
}

/// Divides both shapes into the smallest blocks of equal products, as row-major reshaping does; a
/// block with a changed axis must keep that axis or merge the whole block into one.
Shapes reshape(const Resizing& r) {
    const Shape &from = r.oldInput(0), &now = r.input(0);
    Shape to = r.oldOutput();
    size_t i = 0, o = 0;
    while (i < from.size() || o < to.size()) {
        const size_t firstIn = i, firstOut = o;
        int64_t in = i < from.size() ? from[i++] : 1, out = o < to.size() ? to[o++] : 1;
        while (in != out) {
            if (in < out && i < from.size())
                in *= from[i++];
            else if (o < to.size())
                out *= to[o++];
            else
                return fail("its shape does not follow the image");
        }
        int64_t product = 1;
        bool changed = false;
        for (size_t axis = firstIn; axis < i; ++axis) {
            product *= now[axis];
            changed = changed || now[axis] != from[axis];
        }
        if (!changed) continue;
        if (o - firstOut != 1) return fail("splits an axis of the image into several");
        to[firstOut] = static_cast<int32_t>(product);
    }
    return std::vector<Shape>{to};
}

/// A pool over the whole image stays one.
Shapes pool(const Resizing& r, std::vector<std::string>& changes) {
    auto& options = std::get<types::WindowOptions>(r.op().options);
    const Shape &old = r.oldInput(0), &now = r.input(0);
    const bool global = options.filterHeight == old[1] && options.filterWidth == old[2] &&
                        r.oldOutput()[1] == 1 && r.oldOutput()[2] == 1;
    if (global && (now[1] != old[1] || now[2] != old[2])) {
        options.filterHeight = now[1];
        options.filterWidth = now[2];
        changes.push_back(types::opLabel(r.before, r.index) + " still covers the whole image: " +
                          std::to_string(old[1]) + "x" + std::to_string(old[2]) + " -> " +
                          std::to_string(now[1]) + "x" + std::to_string(now[2]));
    }
    return analysis::inferOutputShapes(r.after, r.op());
}

/// Resizing by a fixed factor, whose operand states the size.
Shapes resizeBy(const Resizing& r) {
    Shape shape = r.oldOutput();
    for (size_t axis : {size_t{1}, size_t{2}}) {
        const auto length = scaled(shape[axis], r.input(0)[axis], r.oldInput(0)[axis]);
        if (!length) return fail("its output size is no multiple of its input");
        shape[axis] = *length;
    }
    return std::vector<Shape>{shape};
}

Shapes transposedConvolution(const Resizing& r) {
    const auto& options = std::get<types::WindowOptions>(r.op().options);
    Shape shape = r.oldOutput();
    shape[1] += (r.input(2)[1] - r.oldInput(2)[1]) * options.strideHeight;
    shape[2] += (r.input(2)[2] - r.oldInput(2)[2]) * options.strideWidth;
    return std::vector<Shape>{shape};
}

/// Slices must take changed axes completely.
Shapes slice(const Resizing& r) {
    Shape shape = r.oldOutput();
    for (size_t axis = 0; axis < r.input(0).size(); ++axis) {
        if (r.input(0)[axis] == r.oldInput(0)[axis]) continue;
        if (shape.size() != r.input(0).size() || shape[axis] != r.oldInput(0)[axis])
            return fail("cuts a piece of fixed size out of the image");
        shape[axis] = r.input(0)[axis];
    }
    return std::vector<Shape>{shape};
}

/// Operators whose inputs must keep their shape, with the reason.
const char* whyFixed(const Resizing& r) {
    switch (r.op().kind) {
        case OpKind::FULLY_CONNECTED:
            return "its weights take a fixed number of features";
        case OpKind::BROADCAST_TO:
        case OpKind::FILL:
        case OpKind::TILE:
            return "its shape is a constant of the model";
        case OpKind::SVDF:
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
        case OpKind::ASSIGN_VARIABLE:
            return "its state has a fixed size";
        case OpKind::CUSTOM:
        case OpKind::IF:
        case OpKind::WHILE:
        case OpKind::CALL_ONCE:
            return "what it does to shapes is unknown";
        case OpKind::SPLIT_V:
        case OpKind::SPACE_TO_BATCH_ND:
        case OpKind::BATCH_TO_SPACE_ND:
            return "its constants fit one size only";
        default:
            return types::isCustom(r.op().kind) ? "its options fit one size only" : nullptr;
    }
}

bool inputsChanged(const Resizing& r) {
    for (size_t i = 0; i < r.op().inputs.size(); ++i)
        if (r.op().inputs[i] >= 0 && r.input(i) != r.oldInput(i)) return true;
    return false;
}

std::vector<Shape> declared(const Graph& graph, const types::Op& op) {
    std::vector<Shape> shapes;
    for (int32_t output : op.outputs)
        shapes.push_back(graph.tensor(output).shape);
    return shapes;
}

}  // namespace

Shapes resizedOutputShapes(const Graph& before, Graph& after, size_t op,
                           std::vector<std::string>& changes) {
    const Resizing r{before, after, op};
    if (!inputsChanged(r)) return declared(before, r.op());
    if (const char* why = whyFixed(r)) return fail(why);
    switch (r.op().kind) {
        case OpKind::RESHAPE:
            return reshape(r);
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
        case OpKind::L2_POOL_2D:
            return pool(r, changes);
        case OpKind::RESIZE_BILINEAR:
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
            return resizeBy(r);
        case OpKind::TRANSPOSE_CONV:
            return transposedConvolution(r);
        case OpKind::SLICE:
        case OpKind::STRIDED_SLICE:
            return slice(r);
        default:
            return analysis::inferOutputShapes(after, r.op());
    }
}

}  // namespace transform
