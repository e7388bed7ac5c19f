// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that move elements and keep every value, codes included.
#include <algorithm>
#include <cmath>

#include "onnx/gather_axis.h"
#include "onnx/operand_order.h"
#include "onnx/operators.h"
#include "onnx/quantization.h"
#include "onnx/tensor_data.h"
#include "onnx/window_plan.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;
using types::Shape;

/// An input in the order that it has in memory, as a tensor of its dimensions.
struct Source {
    View view;  ///< plain
    int32_t tensor = -1;
    Shape memory;  ///< of the tensor
};

Source sourceOf(Conversion& c, const View& view) {
    Source source;
    const AxisOrder order = view.isPlain() ? view.order : identityOrder(view.shape.size());
    source.tensor = c.materialized(view, order);
    source.view = viewOf(source.tensor, view.shape, order);
    source.memory = source.view.dims;
    return source;
}

size_t placeOf(const Source& source, size_t axis) {
    return static_cast<size_t>(inverseOrder(source.view.order)[axis]);
}

/// The result in the same order.
void giveMoved(Conversion& c, const Node& node, const Source& source, int32_t result,
               const Shape& out, size_t output = 0) {
    const View view = viewOf(result, out, source.view.order);
    c.give(node.outputs[output], {c.input(node, 0).type, out, {}, {}, view});
}

void convertReshape(Conversion& c, const Node& node) {
    const OnnxValue& value = c.input(node, 0);
    const Shape out = reshapedTo(c.arguments(node), value.shape);
    require(isSane(out), node, "has the shape " + types::shapeText(out));
    c.give(node, reshapedView(value.view, out), value.type);
}

void convertTranspose(Conversion& c, const Node& node) {
    const OnnxValue& value = c.input(node, 0);
    const DataType type = value.type;
    View view = value.view;
    const auto order = permutationOf(node, view.shape.size());
    if (!view.isPlain())
        view = viewOf(c.materialized(view), view.shape, identityOrder(view.shape.size()));
    c.give(node, transposedView(view, order), type);
}

/// Parts of a concatenation that all have codes get one scale.
std::optional<ActivationScale> commonScale(Conversion& c, const Node& node, Tail& tail) {
    std::optional<ActivationScale> first;
    bool isSame = true;
    for (size_t i = 0; i < node.inputs.size(); ++i) {
        const OnnxValue& value = c.input(node, i);
        const auto scale = value.constant ? std::nullopt : c.scaleOf(value.view);
        if (!scale || (first && first->type != scale->type)) return std::nullopt;
        isSame = isSame && (!first || *first == *scale);
        if (!first) first = scale;
    }
    tail = c.tailOf(node, false, true);
    if (tail.scale && first && tail.scale->type == first->type) return tail.scale;
    tail = c.tailOf(node, false, false);
    return isSame ? first : std::nullopt;
}

void convertConcat(Conversion& c, const Node& node) {
    Shape out = c.input(node, 0).shape;
    const size_t axis = axisOf(node, node.integer("axis", 0), out.size());
    const Shape first = out;
    out[axis] = 0;
    for (size_t i = 0; i < node.inputs.size(); ++i) {
        Shape part = c.input(node, i).shape;
        require(part.size() == out.size(), node, "joins inputs of different ranks");
        out[axis] += part[axis];
        require(out[axis] <= kMaxDimension, node, "has an axis that is too long");
        part[axis] = first[axis];
        require(part == first, node, "joins inputs that do not match");
    }
    Tail tail = c.tailOf(node, false, false);
    const auto scale = commonScale(c, node, tail);
    const OperandOrder order(c, node, out);
    std::vector<int32_t> parts;
    for (size_t i = 0; i < node.inputs.size(); ++i) {
        const OnnxValue& value = c.input(node, i);
        View view = c.activation(node, i);
        view = scale ? c.quantized(view, *scale, node.inputs[i] + "/rescaled") : c.real(view);
        parts.push_back(c.materialized(view, order.axes()));
        require(c.tensor(parts.back()).type == c.tensor(parts.front()).type, node,
                "joins " + types::dataTypeName(value.type) + " with another type");
    }
    const int32_t result = c.addTensorLike(tail.name, parts[0], ordered(out, order.axes()));
    const auto place = inverseOrder(order.axes())[axis];
    c.emit(OpKind::CONCATENATION, parts, {result}, types::ConcatenationOptions{place});
    if (!tail.scale) tail.type = c.input(node, 0).type;
    c.finish(tail, viewOf(result, out, order.axes()));
}

void convertSplit(Conversion& c, const Node& node) {
    const Source source = sourceOf(c, c.input(node, 0).view);
    const Shape& in = source.view.shape;
    const size_t axis = axisOf(node, node.integer("axis", 0), in.size());
    const auto parts = partsOf(c.arguments(node), in[axis]);
    const auto place = static_cast<int32_t>(placeOf(source, axis));
    const bool isEven = std::all_of(parts.begin(), parts.end(),
                                    [&](int64_t part) { return part == parts.front(); });
    std::vector<int32_t> results, sizes;
    for (size_t i = 0; i < parts.size(); ++i) {
        Shape out = in;
        out[axis] = static_cast<int32_t>(parts[i]);
        sizes.push_back(out[axis]);
        results.push_back(
            c.addTensorLike(node.outputs[i], source.tensor, ordered(out, source.view.order)));
        giveMoved(c, node, source, results.back(), out, i);
    }
    const int32_t operand = c.addConstant(
        "axis", makeArray(DataType::Int32, {}, {static_cast<double>(place)}), DataType::Int32);
    const types::PartsOptions options{static_cast<int32_t>(parts.size()), 0};
    if (isEven)
        c.emit(OpKind::SPLIT, {operand, source.tensor}, results, options);
    else
        c.emit(OpKind::SPLIT_V, {source.tensor, c.addIntegers("sizes", sizes), operand}, results,
               options);
}

/// Backward steps: the same elements forward, then reversed.
void convertSlice(Conversion& c, const Node& node) {
    const Source source = sourceOf(c, c.input(node, 0).view);
    Shape out = source.view.shape;
    std::vector<int32_t> begin(out.size(), 0), step(out.size(), 1), reversed;
    for (const SliceRange& range : slicesOf(c.arguments(node), source.view.shape)) {
        require(range.count > 0, node, "gives nothing");
        const size_t place = placeOf(source, range.axis);
        const int64_t last = range.start + (range.count - 1) * range.step;
        begin[place] = static_cast<int32_t>(std::min(range.start, last));
        step[place] = static_cast<int32_t>(std::clamp<int64_t>(std::abs(range.step), 1, 1 << 30));
        out[range.axis] = static_cast<int32_t>(range.count);
        if (range.step < 0) reversed.push_back(static_cast<int32_t>(place));
    }
    const Shape memory = ordered(out, source.view.order);
    int32_t result = c.addTensorLike(node.outputs[0], source.tensor, memory);
    const int32_t from = c.addIntegers("begin", begin);
    const bool isDense = std::all_of(step.begin(), step.end(), [](int32_t s) { return s == 1; });
    if (isDense) {
        c.emit(OpKind::SLICE, {source.tensor, from, c.addIntegers("size", memory)}, {result});
    } else {
        std::vector<int32_t> end;
        for (size_t d = 0; d < memory.size(); ++d)
            end.push_back(begin[d] + (memory[d] - 1) * step[d] + 1);
        c.emit(OpKind::STRIDED_SLICE,
               {source.tensor, from, c.addIntegers("end", end), c.addIntegers("strides", step)},
               {result}, types::StridedSliceOptions{});
    }
    for (int32_t place : reversed) {
        const int32_t forward = result;
        result = c.addTensorLike(node.outputs[0], forward, memory);
        c.emit(OpKind::REVERSE_V2, {forward, c.addIntegers("axis", {place})}, {result});
    }
    giveMoved(c, node, source, result, out);
}

struct AxisPadding {
    int64_t before = 0, after = 0;
};

std::vector<AxisPadding> paddingsOf(Conversion& c, const Node& node, size_t rank) {
    const NodeArguments arguments = c.arguments(node);
    const auto pads = arguments.ints("pads", 1);
    std::optional<std::vector<int64_t>> axes;
    if (node.hasInput(3)) axes = arguments.ints("axes", 3);
    require(pads.has_value(), node, "has no pads");
    std::vector<AxisPadding> result(rank);
    const size_t count = axes ? axes->size() : rank;
    require(pads->size() == 2 * count, node, "needs two pads per axis");
    for (size_t i = 0; i < count; ++i) {
        AxisPadding& padding = result[axes ? axisOf(node, (*axes)[i], rank) : i];
        padding = {(*pads)[i], (*pads)[count + i]};
        require(padding.before >= 0 && padding.after >= 0, node, "cuts with negative pads");
        require(padding.before + padding.after <= kMaxDimension, node, "has pads out of range");
    }
    return result;
}

/// The operand of PADV2; nothing where the border is zero.
std::optional<int32_t> borderOf(Conversion& c, const Node& node, int32_t tensor) {
    double value = c.arguments(node).number("value", 2).value_or(0.0);
    if (value == 0.0) return std::nullopt;
    const types::Tensor like = c.tensor(tensor);
    if (like.quantization.present())
        value = std::round(value / static_cast<double>(like.quantization.scale[0])) +
                like.quantization.firstZeroPoint();
    const auto range = types::codeRange(like.type);
    if (like.type != DataType::Float32)
        value = std::clamp(value, static_cast<double>(range.lowest),
                           static_cast<double>(range.highest));
    return c.addConstant(node.outputs[0] + "/border", makeArray(like.type, {1}, {value}), like.type,
                         like.quantization);
}

/// Repeats of the edge or of the other end: as indices along each padded axis.
void padByIndices(Conversion& c, const Node& node, Source source,
                  const std::vector<AxisPadding>& paddings, bool wraps) {
    Shape out = source.view.shape;
    for (size_t axis = 0; axis < paddings.size(); ++axis) {
        const auto [before, after] = paddings[axis];
        if (before + after == 0) continue;
        std::vector<int32_t> indices;
        const int64_t length = out[axis];
        for (int64_t i = -before; i < length + after; ++i)
            indices.push_back(static_cast<int32_t>(wraps ? ((i % length) + length) % length
                                                         : std::clamp<int64_t>(i, 0, length - 1)));
        out[axis] = static_cast<int32_t>(indices.size());
        source.tensor = gathered(c, node.outputs[0], source.tensor, placeOf(source, axis), indices);
    }
    giveMoved(c, node, source, source.tensor, out);
}

void convertPad(Conversion& c, const Node& node) {
    const Source source = sourceOf(c, c.input(node, 0).view);
    Shape out = source.view.shape;
    const auto paddings = paddingsOf(c, node, out.size());
    const std::string mode = node.text("mode", "constant");
    if (mode == "edge" || mode == "wrap")
        return padByIndices(c, node, source, paddings, mode == "wrap");
    require(mode == "constant" || mode == "reflect", node, "has the mode " + mode);
    std::vector<double> numbers;
    for (int32_t axis : source.view.order) {
        const AxisPadding& padding = paddings[static_cast<size_t>(axis)];
        numbers.push_back(static_cast<double>(padding.before));
        numbers.push_back(static_cast<double>(padding.after));
        out[static_cast<size_t>(axis)] += static_cast<int32_t>(padding.before + padding.after);
    }
    const auto rank = static_cast<int32_t>(out.size());
    const int32_t operand =
        c.addConstant("paddings", makeArray(DataType::Int32, {rank, 2}, numbers), DataType::Int32);
    const int32_t result =
        c.addTensorLike(node.outputs[0], source.tensor, ordered(out, source.view.order));
    if (mode == "reflect") {
        c.emit(OpKind::MIRROR_PAD, {source.tensor, operand}, {result},
               types::MirrorPadOptions{false});
    } else if (const auto border = borderOf(c, node, source.tensor)) {
        c.emit(OpKind::PADV2, {source.tensor, operand, *border}, {result});
    } else {
        c.emit(OpKind::PAD, {source.tensor, operand}, {result});
    }
    giveMoved(c, node, source, result, out);
}

/// Indices that are computed: GATHER of a constant table or of an activation.
void gatherComputed(Conversion& c, const Node& node, size_t axis, Shape out) {
    View indices = c.activation(node, 1);
    int32_t where = c.materialized(indices);
    if (c.tensor(where).type != DataType::Int32) {
        const DataType from = c.tensor(where).type;
        const int32_t cast =
            c.addTensor(node.inputs[1] + "/int32", DataType::Int32, c.tensor(where).shape);
        c.emit(OpKind::CAST, {where}, {cast}, types::CastOptions{from, DataType::Int32});
        where = cast;
    }
    const int32_t data = c.materialized(c.activation(node, 0));
    const int32_t result = c.addTensorLike(node.outputs[0], data, out);
    c.emit(OpKind::GATHER, {data, where}, {result},
           types::GatherOptions{static_cast<int32_t>(axis), 0});
    c.give(node, viewOf(result, out, identityOrder(out.size())), c.input(node, 0).type);
}

void convertGather(Conversion& c, const Node& node) {
    const OnnxValue &data = c.input(node, 0), &where = c.input(node, 1);
    const size_t axis = axisOf(node, node.integer("axis", 0), data.shape.size());
    Shape out(data.shape.begin(), data.shape.begin() + static_cast<int64_t>(axis));
    out.insert(out.end(), where.shape.begin(), where.shape.end());
    out.insert(out.end(), data.shape.begin() + static_cast<int64_t>(axis) + 1, data.shape.end());
    if (!where.constant) return gatherComputed(c, node, axis, out);
    const Source source = sourceOf(c, data.view);
    const int64_t length = data.shape[axis];
    std::vector<int32_t> indices;
    for (int64_t index : integersOf(*where.constant)) {
        if (index < 0) index += length;
        require(index >= 0 && index < length, node, "has an index out of range");
        indices.push_back(static_cast<int32_t>(index));
    }
    require(!indices.empty(), node, "gathers nothing");
    const DataType type = data.type;
    Shape line = data.shape;
    line[axis] = static_cast<int32_t>(indices.size());
    const int32_t result =
        gathered(c, node.outputs[0], source.tensor, placeOf(source, axis), indices);
    c.give(node, reshapedView(viewOf(result, line, source.view.order), out), type);
}

/// As repeated concatenations.
void convertTile(Conversion& c, const Node& node) {
    const auto repeats = c.arguments(node).ints("repeats", 1);
    Source source = sourceOf(c, c.input(node, 0).view);
    Shape out = source.view.shape;
    require(repeats && repeats->size() == out.size(), node, "needs one count per axis");
    for (size_t axis = 0; axis < out.size(); ++axis) {
        const int64_t count = (*repeats)[axis];
        require(count >= 1 && count <= 256 && count * out[axis] <= kMaxDimension, node,
                "repeats " + std::to_string(count) + " times");
        if (count == 1) continue;
        out[axis] *= static_cast<int32_t>(count);
        const std::vector<int32_t> parts(static_cast<size_t>(count), source.tensor);
        source.tensor = c.addTensorLike(node.outputs[0], parts[0], ordered(out, source.view.order));
        c.emit(OpKind::CONCATENATION, parts, {source.tensor},
               types::ConcatenationOptions{static_cast<int32_t>(placeOf(source, axis))});
    }
    giveMoved(c, node, source, source.tensor, out);
}

void convertExpand(Conversion& c, const Node& node) {
    const auto wanted = c.arguments(node).ints("shape", 1);
    require(wanted.has_value() && wanted->size() <= static_cast<size_t>(kMaxRank), node,
            "has no constant shape of at most 6 dimensions");
    for (int64_t dim : *wanted)
        require(dim >= 1 && dim <= kMaxDimension, node, "has a dimension out of range");
    const View view = c.input(node, 0).view;
    const Shape out = broadcastShape(node, view.shape, Shape(wanted->begin(), wanted->end()));
    Shape full(out.size() - view.shape.size(), 1);
    full.insert(full.end(), view.shape.begin(), view.shape.end());
    const Source source = sourceOf(c, reshapedView(view, full));
    const Shape memory = ordered(out, source.view.order);
    int32_t result = source.tensor;
    if (memory != source.memory) {
        result = c.addTensorLike(node.outputs[0], source.tensor, memory);
        c.emit(OpKind::BROADCAST_TO, {source.tensor, c.addIntegers("shape", memory)}, {result});
    }
    giveMoved(c, node, source, result, out);
}

/// ONNX's column-row-depth order is a transpose of six axes.
View depthToSpaceByAxes(Conversion& c, const View& in, int32_t block, const Shape& out) {
    const Shape& s = in.shape;
    View view = reshapedView(in, {s[0], s[1] / (block * block), block, block, s[2], s[3]});
    if (!view.isPlain()) view = viewOf(c.materialized(view), view.shape, identityOrder(6));
    return reshapedView(transposedView(view, {0, 1, 4, 2, 5, 3}), out);
}

void convertBlocks(Conversion& c, const Node& node) {
    const View view = c.input(node, 0).view;
    const DataType type = c.input(node, 0).type;
    const bool spreads = node.op == "DepthToSpace";
    const auto block =
        static_cast<int32_t>(std::clamp<int64_t>(node.integer("blocksize", 1), 0, 1024));
    Shape out = view.shape;
    require(out.size() == 4 && block > 0, node, "needs a 4-D input and a block size");
    if (spreads) {
        require(out[1] % (block * block) == 0, node, "has channels that do not divide");
        out = {out[0], out[1] / (block * block), out[2] * block, out[3] * block};
    } else {
        require(out[2] % block == 0 && out[3] % block == 0, node, "has sides that do not divide");
        out = {out[0], out[1] * block * block, out[2] / block, out[3] / block};
    }
    if (spreads && node.text("mode", "DCR") == "CRD")
        return c.give(node, depthToSpaceByAxes(c, view, block, out), type);
    const int32_t tensor = c.materialized(view, channelsLast(4));
    const int32_t result = c.addTensorLike(node.outputs[0], tensor, ordered(out, channelsLast(4)));
    c.emit(spreads ? OpKind::DEPTH_TO_SPACE : OpKind::SPACE_TO_DEPTH, {tensor}, {result},
           types::BlockOptions{block});
    c.give(node, viewOf(result, out, channelsLast(4)), type);
}

constexpr struct {
    const char* op;
    Converter converter;
} kMovements[] = {
    {"Transpose", convertTranspose}, {"Concat", convertConcat}, {"Split", convertSplit},
    {"Slice", convertSlice},         {"Pad", convertPad},       {"Gather", convertGather},
    {"Tile", convertTile},           {"Expand", convertExpand}, {"DepthToSpace", convertBlocks},
    {"SpaceToDepth", convertBlocks},
};

}  // namespace

Converter movementConverter(const std::string& op) {
    if (isReshape(op)) return convertReshape;
    for (const auto& movement : kMovements)
        if (op == movement.op) return movement.converter;
    return nullptr;
}

}  // namespace onnx
