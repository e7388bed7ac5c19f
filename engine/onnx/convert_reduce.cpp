// SPDX-License-Identifier: GPL-3.0-or-later
// Reductions and the index of the largest element.
#include <algorithm>
#include <set>

#include "onnx/operators.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;
using types::Shape;

constexpr struct {
    const char* op;
    OpKind kind;
} kReductions[] = {
    {"ReduceMean", OpKind::MEAN},      {"ReduceSum", OpKind::SUM},
    {"ReduceMax", OpKind::REDUCE_MAX}, {"ReduceMin", OpKind::REDUCE_MIN},
    {"ReduceL2", OpKind::SUM},         {"ReduceSumSquare", OpKind::SUM},
};

OpKind kindOfReduction(const std::string& op) {
    for (const auto& reduction : kReductions)
        if (op == reduction.op) return reduction.kind;
    return OpKind::CUSTOM;
}

Shape without(const Shape& shape, const std::set<size_t>& axes) {
    Shape out;
    for (size_t d = 0; d < shape.size(); ++d)
        if (!axes.contains(d)) out.push_back(shape[d]);
    return out;
}

/// Element by element on real numbers.
View mappedBy(Conversion& c, OpKind kind, View view) {
    const int32_t source = view.tensor;
    view.tensor = c.addTensorLike(c.tensor(source).name + "/" + types::opName(kind), source,
                                  c.tensor(source).shape);
    c.emit(kind, {source}, {view.tensor});
    return view;
}

void convertReduce(Conversion& c, const Node& node) {
    View view = c.numbers(node, 0);
    const DataType type = c.input(node, 0).type;
    const size_t rank = view.shape.size();
    const auto given = c.arguments(node).ints("axes", 1);
    const bool isNothing =
        (!given || given->empty()) && node.integer("noop_with_empty_axes", 0) != 0;
    if (isNothing) return c.give(node, view, type);
    std::set<size_t> axes;
    for (size_t d = 0; d < rank && (!given || given->empty()); ++d)
        axes.insert(d);
    if (given)
        for (size_t axis : axesOf(node, *given, rank))
            axes.insert(axis);
    const OpKind kind = kindOfReduction(node.op);
    const bool squares = node.op == "ReduceL2" || node.op == "ReduceSumSquare";
    const bool isExtreme = kind == OpKind::REDUCE_MAX || kind == OpKind::REDUCE_MIN;
    const auto scale = c.scaleOf(view);
    Tail tail = c.tailOf(node, false, kind == OpKind::MEAN && scale.has_value());
    const bool rescales = tail.scale && tail.scale->type == scale->type;
    const bool keepsCodes = isExtreme && scale && scale->type == DataType::Int8;
    if (!rescales) tail = c.tailOf(node, false, false);
    if (!rescales && !keepsCodes) view = c.real(view);
    if (squares) view = mappedBy(c, OpKind::SQUARE, view);
    const AxisOrder order = view.isPlain() ? view.order : identityOrder(rank);
    const int32_t tensor = c.materialized(view, order);
    Shape out = view.shape;
    std::vector<int32_t> places;
    for (size_t place = 0; place < rank; ++place)
        if (axes.contains(static_cast<size_t>(order[place]))) {
            out[static_cast<size_t>(order[place])] = 1;
            places.push_back(static_cast<int32_t>(place));
        }
    const Shape memory = ordered(out, order);
    const int32_t result = rescales ? c.addScaled(tail.name, memory, tail.scale)
                                    : c.addTensorLike(tail.name, tensor, memory);
    c.emit(kind, {tensor, c.addIntegers("axes", places)}, {result}, types::ReduceOptions{true});
    View reduced = viewOf(result, out, order);
    if (node.op == "ReduceL2") reduced = mappedBy(c, OpKind::SQRT, reduced);
    if (node.integer("keepdims", 1) == 0) reduced = reshapedView(reduced, without(out, axes));
    if (!rescales) tail.type = type;
    c.finish(tail, reduced);
}

void convertArg(Conversion& c, const Node& node) {
    const View view = c.numbers(node, 0);
    require(node.integer("select_last_index", 0) == 0, node, "wants the last of equal elements");
    const size_t axis = axisOf(node, node.integer("axis", 0), view.shape.size());
    const AxisOrder order = view.isPlain() ? view.order : identityOrder(view.shape.size());
    const int32_t tensor = c.materialized(view, order);
    const auto place = static_cast<size_t>(inverseOrder(order)[axis]);
    Shape memory = c.tensor(tensor).shape, out = view.shape;
    memory.erase(memory.begin() + static_cast<int64_t>(place));
    out[axis] = 1;
    const int32_t operand = c.addConstant(
        "axis", makeArray(DataType::Int32, {}, {static_cast<double>(place)}), DataType::Int32);
    const int32_t result = c.addTensor(node.outputs[0], DataType::Int32, memory);
    c.emit(node.op == "ArgMax" ? OpKind::ARG_MAX : OpKind::ARG_MIN, {tensor, operand}, {result},
           types::IndexTypeOptions{DataType::Int32});
    c.note("indices are int32 instead of int64");
    // The memory without the axis, then the axis as one of length 1.
    View reduced{result, ordered(out, order), order, out};
    if (node.integer("keepdims", 1) == 0) reduced = reshapedView(reduced, without(out, {axis}));
    c.give(node, reduced, DataType::Int32);
}

}  // namespace

Converter reduceConverter(const std::string& op) {
    if (op == "ArgMax" || op == "ArgMin") return convertArg;
    return kindOfReduction(op) != OpKind::CUSTOM ? convertReduce : nullptr;
}

}  // namespace onnx
