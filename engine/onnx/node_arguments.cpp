// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/node_arguments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "onnx/tensor_data.h"

namespace onnx {
namespace {

using types::Shape;

/// "To the end" and beyond become numbers that can still be added.
int64_t bounded(double value) {
    constexpr double kFar = 1e12;
    return static_cast<int64_t>(std::isnan(value) ? 0.0 : std::clamp(value, -kFar, kFar));
}

Shape flattened(const Node& node, const Shape& in) {
    const int64_t axis = node.integer("axis", 1);
    const auto rank = static_cast<int64_t>(in.size());
    const int64_t first = axis < 0 ? axis + rank : axis;
    require(first >= 0 && first <= rank, node, "has an axis outside its input");
    const Shape before(in.begin(), in.begin() + first), behind(in.begin() + first, in.end());
    return {static_cast<int32_t>(types::elementCount(before)),
            static_cast<int32_t>(types::elementCount(behind))};
}

Shape squeezed(const NodeArguments& arguments, const Shape& in) {
    const auto wanted = arguments.ints("axes", 1);
    std::set<size_t> dropped;
    if (wanted) {
        for (size_t axis : axesOf(arguments.node, *wanted, in.size()))
            dropped.insert(axis);
    } else {
        for (size_t d = 0; d < in.size(); ++d)
            if (in[d] == 1) dropped.insert(d);
    }
    Shape out;
    for (size_t d = 0; d < in.size(); ++d) {
        if (!dropped.contains(d))
            out.push_back(in[d]);
        else
            require(in[d] == 1, arguments.node, "drops a dimension that is not 1");
    }
    return out;
}

Shape unsqueezed(const NodeArguments& arguments, const Shape& in) {
    const auto wanted = arguments.ints("axes", 1);
    require(wanted.has_value(), arguments.node, "has no axes");
    const size_t rank = in.size() + wanted->size();
    require(rank <= static_cast<size_t>(kMaxRank), arguments.node, "has more than 6 dimensions");
    std::set<size_t> added;
    for (size_t axis : axesOf(arguments.node, *wanted, rank))
        added.insert(axis);
    require(added.size() == wanted->size(), arguments.node, "names an axis twice");
    Shape out;
    size_t next = 0;
    for (size_t d = 0; d < rank; ++d)
        out.push_back(added.contains(d) ? 1 : in[next++]);
    return out;
}

/// 0 keeps a dimension, one -1 takes what is left.
Shape resolved(const NodeArguments& arguments, const Shape& in) {
    const Node& node = arguments.node;
    const auto wanted = arguments.ints("shape", 1);
    require(wanted.has_value(), node, "has no target shape");
    require(wanted->size() <= static_cast<size_t>(kMaxRank), node, "has more than 6 dimensions");
    const bool keepsZero = node.integer("allowzero", 0) == 0;
    Shape out;
    std::optional<size_t> open;
    int64_t known = 1;
    for (size_t d = 0; d < wanted->size(); ++d) {
        int64_t dim = (*wanted)[d];
        if (dim == 0 && keepsZero && d < in.size()) dim = in[d];
        if (dim == -1 && !open) {
            open = d;
            out.push_back(1);
            continue;
        }
        require(dim >= 0 && dim <= kMaxDimension, node, "has a target dimension out of range");
        known = std::min(known * dim, kMaxElements + 1);
        out.push_back(static_cast<int32_t>(dim));
    }
    const int64_t elements = types::elementCount(in);
    if (open) {
        require(known > 0 && elements % known == 0 && elements / known <= kMaxDimension, node,
                "has a target shape that does not hold its input");
        out[*open] = static_cast<int32_t>(elements / known);
    }
    require(types::elementCount(out) == elements, node,
            "has the target shape " + types::shapeText(out) + " for " + std::to_string(elements) +
                " elements");
    return out;
}

SliceRange sliceRange(const Node& node, size_t axis, int64_t length, int64_t start, int64_t end,
                      int64_t step) {
    require(step != 0, node, "has a step of 0");
    if (start < 0) start += length;
    if (end < 0) end += length;
    const bool forward = step > 0;
    start = std::clamp<int64_t>(start, 0, forward ? length : length - 1);
    end = std::clamp<int64_t>(end, forward ? 0 : -1, length);
    const int64_t reach = forward ? end - start : start - end;
    const int64_t stride = std::abs(step);
    return {axis, start, step, reach <= 0 ? 0 : (reach + stride - 1) / stride};
}

}  // namespace

std::vector<int64_t> integersOf(const ConstantArray& array) {
    std::vector<int64_t> result;
    for (double value : *array.values)
        result.push_back(bounded(value));
    return result;
}

std::optional<std::vector<int64_t>> NodeArguments::ints(const std::string& attribute,
                                                        size_t input) const {
    if (node.find(attribute) != nullptr) return node.integers(attribute);
    if (!node.hasInput(input)) return std::nullopt;
    require(constant(input) != nullptr, node,
            "computes its " + attribute + " at run time, they must be constant");
    return integersOf(*constant(input));
}

std::optional<double> NodeArguments::number(const std::string& attribute, size_t input) const {
    if (const Attribute* found = node.find(attribute)) return static_cast<double>(found->real);
    if (!node.hasInput(input)) return std::nullopt;
    const ConstantArray* array = constant(input);
    require(array != nullptr, node,
            "computes its " + attribute + " at run time, it must be constant");
    if (array->elements() == 0) return std::nullopt;
    return array->at(0);
}

size_t axisOf(const Node& node, int64_t axis, size_t rank) {
    const auto signedRank = static_cast<int64_t>(rank);
    require(
        axis >= -signedRank && axis < signedRank, node,
        "has the axis " + std::to_string(axis) + " for " + std::to_string(rank) + " dimensions");
    return static_cast<size_t>(axis < 0 ? axis + signedRank : axis);
}

std::vector<size_t> axesOf(const Node& node, const std::vector<int64_t>& axes, size_t rank) {
    std::vector<size_t> result;
    for (int64_t axis : axes)
        result.push_back(axisOf(node, axis, rank));
    return result;
}

bool isReshape(const std::string& op) {
    return op == "Reshape" || op == "Flatten" || op == "Squeeze" || op == "Unsqueeze";
}

Shape reshapedTo(const NodeArguments& arguments, const Shape& in) {
    const std::string& op = arguments.node.op;
    if (op == "Flatten") return flattened(arguments.node, in);
    if (op == "Squeeze") return squeezed(arguments, in);
    if (op == "Unsqueeze") return unsqueezed(arguments, in);
    return resolved(arguments, in);
}

std::vector<int32_t> permutationOf(const Node& node, size_t rank) {
    std::vector<int64_t> order = node.integers("perm");
    if (node.find("perm") == nullptr)
        for (size_t d = rank; d-- > 0;)
            order.push_back(static_cast<int64_t>(d));
    const std::vector<size_t> axes = axesOf(node, order, rank);
    require(axes.size() == rank && std::set<size_t>(axes.begin(), axes.end()).size() == rank, node,
            "has a permutation that is none");
    return {axes.begin(), axes.end()};
}

std::vector<SliceRange> slicesOf(const NodeArguments& arguments, const Shape& in) {
    const Node& node = arguments.node;
    const auto starts = arguments.ints("starts", 1), ends = arguments.ints("ends", 2);
    auto axes = arguments.ints("axes", 3), steps = arguments.ints("steps", 4);
    require(starts && ends && starts->size() == ends->size(), node, "needs starts and ends");
    if (!axes) {
        axes.emplace();
        for (size_t d = 0; d < starts->size(); ++d)
            axes->push_back(static_cast<int64_t>(d));
    }
    if (!steps) steps.emplace(starts->size(), 1);
    require(axes->size() == starts->size() && steps->size() == starts->size(), node,
            "needs as many axes and steps as starts");
    std::vector<SliceRange> result;
    for (size_t i = 0; i < starts->size(); ++i) {
        const size_t axis = axisOf(node, (*axes)[i], in.size());
        result.push_back(sliceRange(node, axis, in[axis], (*starts)[i], (*ends)[i], (*steps)[i]));
    }
    return result;
}

std::vector<int64_t> partsOf(const NodeArguments& arguments, int64_t length) {
    const Node& node = arguments.node;
    const auto count = static_cast<int64_t>(node.outputs.size());
    if (const auto given = arguments.ints("split", 1)) {
        int64_t sum = 0;
        for (int64_t part : *given) {
            require(part > 0 && part <= length, node, "has a part out of range");
            sum += part;
        }
        require(static_cast<int64_t>(given->size()) == count && sum == length, node,
                "has parts that do not make its input");
        return *given;
    }
    const int64_t part = (length + count - 1) / count;
    require(length - part * (count - 1) > 0, node, "has more outputs than its axis is long");
    std::vector<int64_t> parts(static_cast<size_t>(count), part);
    parts.back() = length - part * (count - 1);
    return parts;
}

Shape broadcastShape(const Node& node, const Shape& a, const Shape& b) {
    Shape result(std::max(a.size(), b.size()), 1);
    for (const Shape* shape : {&a, &b}) {
        const size_t lead = result.size() - shape->size();
        for (size_t d = 0; d < shape->size(); ++d) {
            int32_t& dim = result[lead + d];
            require(dim == 1 || (*shape)[d] == 1 || dim == (*shape)[d], node,
                    "has inputs " + types::shapeText(a) + " and " + types::shapeText(b) +
                        " that do not broadcast");
            if (dim == 1) dim = (*shape)[d];
        }
    }
    return result;
}

}  // namespace onnx
