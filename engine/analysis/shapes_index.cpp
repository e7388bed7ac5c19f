// SPDX-License-Identifier: GPL-3.0-or-later
// Shape rules of operators that reduce axes or select elements by index.

#include <algorithm>

#include "analysis/shape_rules.h"
#include "types/op_traits.h"

namespace analysis {
namespace {

using types::elementCount;
using types::OpKind;
using types::Shape;
using types::shapeText;

/// The shape without (or with 1 in place of) the given axes; nullopt where one is out of range.
std::optional<Shape> reduceAxes(const Shape& in, const std::vector<int64_t>& axes, bool keepDims) {
    std::vector<bool> reduced(in.size(), false);
    for (int64_t axis : axes) {
        const auto place = axisOf(axis, in.size());
        if (!place) return std::nullopt;
        reduced[*place] = true;
    }
    Shape out;
    for (size_t i = 0; i < in.size(); ++i) {
        if (!reduced[i])
            out.push_back(in[i]);
        else if (keepDims)
            out.push_back(1);
    }
    return out;
}

Shapes reduce(const OpShapes& view) {
    const auto* o = view.options<types::ReduceOptions>();
    if (!o || view.inputCount() < 2 || !view.hasInput(0)) return broken("needs an input and axes");
    const auto axes = view.ints(1);
    if (!axes) return view.declared();
    const auto out = reduceAxes(view.shape(0), *axes, o->keepDims);
    if (!out) return broken("a reduced axis is out of range");
    return std::vector<Shape>{*out};
}

Shapes argReduce(const OpShapes& view) {
    if (view.inputCount() < 2 || !view.hasInput(0)) return broken("needs an input and an axis");
    const auto axis = view.ints(1);
    if (!axis) return view.declared();
    if (axis->size() != 1) return broken("needs one axis");
    const auto out = reduceAxes(view.shape(0), *axis, false);
    if (!out) return broken("the axis is out of range");
    return std::vector<Shape>{*out};
}

Shapes slice(const OpShapes& view) {
    if (view.inputCount() < 3 || !view.hasInput(0)) return broken("needs input, begin and size");
    const auto begin = view.ints(1), size = view.ints(2);
    if (!begin || !size) return view.declared();
    const Shape& in = view.shape(0);
    if (begin->size() != in.size() || size->size() != in.size())
        return broken("begin and size do not match the rank");
    Shape out(in.size());
    for (size_t i = 0; i < in.size(); ++i) {
        const int64_t first = (*begin)[i];
        if (first < 0 || first > in[i]) return broken("begin is outside the input");
        const int64_t length = (*size)[i] == -1 ? in[i] - first : (*size)[i];
        if (length < 0 || length > in[i] - first) return broken("size reaches outside the input");
        out[i] = static_cast<int32_t>(length);
    }
    return std::vector<Shape>{out};
}

/// Number of elements that begin:end:stride selects from an axis, by the rules of NumPy.
std::optional<int64_t> stridedLength(const types::StridedSliceOptions& o, size_t i, int64_t length,
                                     int64_t begin, int64_t end, int64_t stride) {
    const bool shrink = o.shrinkAxisMask >> i & 1;
    if (stride == 0 || (shrink && stride < 0)) return std::nullopt;
    const auto place = [&](int64_t position) {
        return std::clamp(position < 0 ? position + length : position,
                          stride > 0 ? int64_t{0} : int64_t{-1}, stride > 0 ? length : length - 1);
    };
    const int64_t first = (o.beginMask >> i & 1) ? (stride > 0 ? 0 : length - 1) : place(begin);
    if (shrink)
        return first < length && begin >= -length && begin < length ? std::optional(1)
                                                                    : std::nullopt;
    if (o.offset) end += begin;
    const int64_t last = (o.endMask >> i & 1) ? (stride > 0 ? length : -1) : place(end);
    const int64_t span = stride > 0 ? last - first : first - last;
    const int64_t step = stride > 0 ? stride : -stride;
    return span <= 0 ? 0 : (span + step - 1) / step;
}

Shapes stridedSlice(const OpShapes& view) {
    const auto* o = view.options<types::StridedSliceOptions>();
    if (!o || view.inputCount() < 4 || !view.hasInput(0))
        return broken("needs input, begin, end and strides");
    const auto begin = view.ints(1), end = view.ints(2), strides = view.ints(3);
    if (!begin || !end || !strides || o->ellipsisMask || o->newAxisMask) return view.declared();
    const Shape& in = view.shape(0);
    if (begin->size() > in.size() || end->size() != begin->size() ||
        strides->size() != begin->size())
        return broken("begin, end and strides do not match the rank");
    Shape out;
    for (size_t i = 0; i < in.size(); ++i) {
        if (i >= begin->size()) {
            out.push_back(in[i]);
            continue;
        }
        if ((*strides)[i] < -(int64_t{1} << 30) || (*strides)[i] > (int64_t{1} << 30))
            return broken("a stride is out of range");
        const auto length = stridedLength(*o, i, in[i], (*begin)[i], (*end)[i], (*strides)[i]);
        if (!length) return broken("a stride is 0 or a picked position is outside the input");
        if (!(o->shrinkAxisMask >> i & 1)) out.push_back(static_cast<int32_t>(*length));
    }
    return std::vector<Shape>{out};
}

Shapes gather(const OpShapes& view) {
    const auto* o = view.options<types::GatherOptions>();
    if (!o || view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs an input and indices");
    const Shape &in = view.shape(0), &indices = view.shape(1);
    const auto axis = axisOf(o->axis, in.size());
    const auto batch = o->batchDims < 0 ? axisOf(o->batchDims, indices.size())
                                        : std::optional<size_t>(static_cast<size_t>(o->batchDims));
    if (!axis || !batch || *batch > *axis || *batch > indices.size())
        return broken("axis or batch dimensions are out of range");
    if (const auto positions = view.ints(1))
        for (int64_t position : *positions)
            if (position < 0 || position >= in[*axis])
                return broken("index " + std::to_string(position) + " is outside the axis of " +
                              std::to_string(in[*axis]));
    Shape out(in.begin(), in.begin() + static_cast<int64_t>(*axis));
    out.insert(out.end(), indices.begin() + static_cast<int64_t>(*batch), indices.end());
    out.insert(out.end(), in.begin() + static_cast<int64_t>(*axis) + 1, in.end());
    return std::vector<Shape>{out};
}

Shapes gatherNd(const OpShapes& view) {
    if (view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs an input and indices");
    const Shape &in = view.shape(0), &indices = view.shape(1);
    if (indices.empty() || indices.back() < 0 || static_cast<size_t>(indices.back()) > in.size())
        return broken("index depth is out of range");
    Shape out(indices.begin(), indices.end() - 1);
    out.insert(out.end(), in.begin() + indices.back(), in.end());
    return std::vector<Shape>{out};
}

/// RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR.
Shapes resize(const OpShapes& view) {
    if (view.inputCount() < 2 || !view.hasInput(0) || view.shape(0).size() != 4)
        return broken("needs a 4-D input and a size");
    const auto size = view.ints(1);
    if (!size) return view.declared();
    if (size->size() != 2 || (*size)[0] <= 0 || (*size)[1] <= 0 ||
        std::max((*size)[0], (*size)[1]) > (1 << 20))
        return broken("the size is out of range");
    const Shape& in = view.shape(0);
    return std::vector<Shape>{
        {in[0], static_cast<int32_t>((*size)[0]), static_cast<int32_t>((*size)[1]), in[3]}};
}

/// FILL (shape first) and BROADCAST_TO (shape second): the operand is the output's shape.
Shapes shapeOperand(const OpShapes& view) {
    const size_t operand = view.op.kind == OpKind::FILL ? 0 : 1;
    if (view.inputCount() < 2) return broken("needs a shape and an input");
    const auto wanted = view.ints(operand);
    if (!wanted) return view.declared();
    for (int64_t dimension : *wanted)
        if (dimension < 0 || dimension > (int64_t{1} << 30))
            return broken("the shape is out of range");
    Shape out(wanted->begin(), wanted->end());
    if (operand == 1 && broadcast(view.shape(0), out) != out)
        return broken("input " + shapeText(view.shape(0)) + " does not broadcast to " +
                      shapeText(out));
    return std::vector<Shape>{out};
}

Shapes embeddingLookup(const OpShapes& view) {
    if (view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs ids and a table");
    const Shape &ids = view.shape(0), &table = view.shape(1);
    if (table.size() < 2) return broken("needs a table of rows");
    // TFLM and LiteRT take one list of ids; others are left as declared, and refused when run.
    if (ids.size() != 1) return view.declared();
    Shape out = table;
    out[0] = ids[0];
    return std::vector<Shape>{out};
}

Shapes broadcastArgs(const OpShapes& view) {
    if (view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs two shapes");
    if (view.shape(0).size() != 1 || view.shape(1).size() != 1)
        return broken("needs shapes as lists");
    return std::vector<Shape>{{std::max(view.shape(0)[0], view.shape(1)[0])}};
}

Shapes shapeOf(const OpShapes& view) {
    if (!view.hasInput(0)) return broken("needs an input");
    return std::vector<Shape>{{static_cast<int32_t>(view.shape(0).size())}};
}

}  // namespace

ShapeRule indexRule(OpKind kind) {
    if (types::opTraits(kind).pattern == types::OpPattern::Reduction) return reduce;
    switch (kind) {
        case OpKind::ARG_MAX:
        case OpKind::ARG_MIN:
            return argReduce;
        case OpKind::SLICE:
            return slice;
        case OpKind::STRIDED_SLICE:
            return stridedSlice;
        case OpKind::GATHER:
            return gather;
        case OpKind::GATHER_ND:
            return gatherNd;
        case OpKind::RESIZE_BILINEAR:
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
            return resize;
        case OpKind::FILL:
        case OpKind::BROADCAST_TO:
            return shapeOperand;
        case OpKind::SHAPE:
            return shapeOf;
        case OpKind::EMBEDDING_LOOKUP:
            return embeddingLookup;
        case OpKind::BROADCAST_ARGS:
            return broadcastArgs;
        default:
            return nullptr;
    }
}

}  // namespace analysis
