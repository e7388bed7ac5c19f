// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/evaluate_node.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "onnx/array_math.h"
#include "onnx/tensor_data.h"

namespace onnx {
namespace {

using types::DataType;
using types::Shape;

using Inputs = NodeArguments;
using Evaluator = std::optional<ConstantArray> (*)(const Inputs&);

const ConstantArray& given(const Inputs& in, size_t i) {
    require(in.constant(i) != nullptr, in.node, "lacks input " + std::to_string(i));
    return *in.constant(i);
}

void requireComputable(const Node& node, double elements) {
    require(elements <= static_cast<double>(kMaxComputedElements), node,
            "makes a constant of more than 8 million elements");
}

Shape checkedShape(const Node& node, const std::vector<int64_t>& dims) {
    require(dims.size() <= static_cast<size_t>(kMaxRank), node, "has more than 6 dimensions");
    Shape shape;
    double elements = 1;
    for (int64_t dim : dims) {
        require(dim >= 0 && dim <= kMaxDimension, node, "has a dimension out of range");
        elements *= static_cast<double>(dim);
        shape.push_back(static_cast<int32_t>(dim));
    }
    requireComputable(node, elements);
    return shape;
}

std::optional<ConstantArray> evaluateConstant(const Inputs& in) {
    if (const Attribute* value = in.node.find("value"); value != nullptr && value->tensor)
        return value->tensor;
    if (const Attribute* value = in.node.find("value_float"))
        return scalarArray(DataType::Float32, static_cast<double>(value->real));
    if (const Attribute* value = in.node.find("value_int"))
        return scalarArray(DataType::Int64, static_cast<double>(value->integer));
    if (const Attribute* value = in.node.find("value_floats"))
        return makeArray(DataType::Float32, {static_cast<int32_t>(value->reals.size())},
                         {value->reals.begin(), value->reals.end()});
    if (const Attribute* value = in.node.find("value_ints"))
        return makeArray(DataType::Int64, {static_cast<int32_t>(value->integers.size())},
                         {value->integers.begin(), value->integers.end()});
    refuse(in.node, "has no value that is read");
}

std::optional<ConstantArray> evaluateFilled(const Inputs& in) {
    const Shape shape = checkedShape(in.node, integersOf(given(in, 0)));
    const Attribute* value = in.node.find("value");
    const bool isGiven = value != nullptr && value->tensor && value->tensor->elements() == 1;
    const DataType type = isGiven ? value->tensor->type : DataType::Float32;
    return makeArray(type, shape,
                     std::vector<double>(static_cast<size_t>(types::elementCount(shape)),
                                         isGiven ? value->tensor->at(0) : 0.0));
}

std::optional<ConstantArray> evaluateIdentity(const Inputs& in) {
    return given(in, 0);
}

std::optional<ConstantArray> evaluateReshape(const Inputs& in) {
    const ConstantArray& array = given(in, 0);
    return reshaped(array, reshapedTo(in, array.shape));
}

std::optional<ConstantArray> evaluateTranspose(const Inputs& in) {
    const ConstantArray& array = given(in, 0);
    return transposed(array, permutationOf(in.node, array.shape.size()));
}

std::optional<ConstantArray> evaluateGather(const Inputs& in) {
    const ConstantArray &data = given(in, 0), &where = given(in, 1);
    const size_t axis = axisOf(in.node, in.node.integer("axis", 0), data.shape.size());
    std::vector<int64_t> indices = integersOf(where);
    for (int64_t& index : indices) {
        if (index < 0) index += data.shape[axis];
        require(index >= 0 && index < data.shape[axis], in.node, "has an index out of range");
    }
    require(data.shape[axis] > 0, in.node, "gathers from nothing");
    requireComputable(in.node, static_cast<double>(data.elements()) / data.shape[axis] *
                                   static_cast<double>(indices.size()));
    const ConstantArray taken = selected(data, axis, indices);
    Shape shape(data.shape.begin(), data.shape.begin() + static_cast<int64_t>(axis));
    shape.insert(shape.end(), where.shape.begin(), where.shape.end());
    shape.insert(shape.end(), data.shape.begin() + static_cast<int64_t>(axis) + 1,
                 data.shape.end());
    require(shape.size() <= static_cast<size_t>(kMaxRank), in.node, "has more than 6 dimensions");
    return reshaped(taken, shape);
}

std::optional<ConstantArray> evaluateSlice(const Inputs& in) {
    ConstantArray array = given(in, 0);
    for (const SliceRange& range : slicesOf(in, array.shape)) {
        std::vector<int64_t> indices;
        for (int64_t i = 0; i < range.count; ++i)
            indices.push_back(range.start + i * range.step);
        array = selected(array, range.axis, indices);
    }
    return array;
}

std::optional<ConstantArray> evaluateConcat(const Inputs& in) {
    const ConstantArray& first = given(in, 0);
    const size_t axis = axisOf(in.node, in.node.integer("axis", 0), first.shape.size());
    Shape shape = first.shape;
    shape[axis] = 0;
    size_t outer = 1;
    for (size_t d = 0; d < axis; ++d)
        outer *= static_cast<size_t>(shape[d]);
    double elements = 0;
    for (size_t i = 0; i < in.node.inputs.size(); ++i) {
        const ConstantArray& part = given(in, i);
        Shape same = part.shape;
        require(same.size() == shape.size(), in.node, "joins inputs of different ranks");
        shape[axis] = std::min(shape[axis] + same[axis], static_cast<int32_t>(kMaxDimension) + 1);
        same[axis] = first.shape[axis];
        require(same == first.shape, in.node, "joins inputs that do not match");
        elements += static_cast<double>(part.elements());
    }
    requireComputable(in.node, elements);
    std::vector<double> values;
    for (size_t o = 0; o < outer; ++o)
        for (size_t i = 0; i < in.node.inputs.size(); ++i) {
            const std::vector<double>& part = *given(in, i).values;
            const auto length = static_cast<int64_t>(part.size() / outer);
            const auto begin = part.begin() + static_cast<int64_t>(o) * length;
            values.insert(values.end(), begin, begin + length);
        }
    return makeArray(first.type, shape, std::move(values));
}

double castValue(double value, DataType type) {
    if (type == DataType::Float32) return asFloat(value);
    if (type == DataType::Bool) return value != 0.0 ? 1.0 : 0.0;
    return std::isnan(value) ? 0.0 : std::trunc(value);
}

std::optional<ConstantArray> evaluateCast(const Inputs& in) {
    const auto to = static_cast<int32_t>(in.node.integer("to", 1));
    const DataType type = dataTypeOf(to, in.node.label());
    return mapped(given(in, 0), type, [type](double value) { return castValue(value, type); });
}

std::optional<ConstantArray> evaluateRange(const Inputs& in) {
    for (size_t i : {size_t{0}, size_t{1}, size_t{2}})
        require(given(in, i).elements() == 1, in.node, "needs three numbers");
    const double start = given(in, 0).at(0), limit = given(in, 1).at(0), delta = given(in, 2).at(0);
    const double count = std::ceil((limit - start) / delta);
    require(std::isfinite(count), in.node, "has a range that does not end");
    requireComputable(in.node, count);
    std::vector<double> values;
    for (int64_t i = 0; i < static_cast<int64_t>(count); ++i)
        values.push_back(start + static_cast<double>(i) * delta);
    const auto length = static_cast<int32_t>(values.size());
    return makeArray(given(in, 0).type, {length}, std::move(values));
}

std::optional<ConstantArray> evaluateExpand(const Inputs& in) {
    const ConstantArray& array = given(in, 0);
    const Shape wanted = checkedShape(in.node, integersOf(given(in, 1)));
    const Shape shape = broadcastShape(in.node, array.shape, wanted);
    requireComputable(in.node, static_cast<double>(types::elementCount(shape)));
    return combined(array, scalarArray(array.type, 0), shape, array.type,
                    [](double value, double) { return value; });
}

std::optional<ConstantArray> evaluateWhere(const Inputs& in) {
    const ConstantArray &condition = given(in, 0), &yes = given(in, 1), &no = given(in, 2);
    const Shape shape =
        broadcastShape(in.node, condition.shape, broadcastShape(in.node, yes.shape, no.shape));
    requireComputable(in.node, static_cast<double>(types::elementCount(shape)));
    const auto second = [](double, double value) { return value; };
    const ConstantArray zero = scalarArray(DataType::Bool, 0);
    const ConstantArray chosen = combined(zero, condition, shape, DataType::Bool, second);
    const ConstantArray first = combined(zero, yes, shape, yes.type, second);
    const ConstantArray other = combined(zero, no, shape, yes.type, second);
    std::vector<double> values;
    for (size_t i = 0; i < chosen.values->size(); ++i)
        values.push_back(chosen.at(i) != 0.0 ? first.at(i) : other.at(i));
    return makeArray(yes.type, shape, std::move(values));
}

double divideAs(DataType type, double a, double b) {
    return type == DataType::Float32 ? a / b : b == 0.0 ? 0.0 : std::trunc(a / b);
}

using Binary = double (*)(DataType, double, double);

struct FoldedBinary {
    const char* op;
    bool isComparison;
    Binary function;
};

constexpr FoldedBinary kFoldedBinaries[] = {
    {"Add", false, [](DataType, double a, double b) { return a + b; }},
    {"Sub", false, [](DataType, double a, double b) { return a - b; }},
    {"Mul", false, [](DataType, double a, double b) { return a * b; }},
    {"Div", false, divideAs},
    {"Pow", false, [](DataType, double a, double b) { return std::pow(a, b); }},
    {"Min", false, [](DataType, double a, double b) { return std::min(a, b); }},
    {"Max", false, [](DataType, double a, double b) { return std::max(a, b); }},
    {"Equal", true, [](DataType, double a, double b) { return a == b ? 1.0 : 0.0; }},
    {"Greater", true, [](DataType, double a, double b) { return a > b ? 1.0 : 0.0; }},
    {"Less", true, [](DataType, double a, double b) { return a < b ? 1.0 : 0.0; }},
    {"And", true, [](DataType, double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; }},
    {"Or", true, [](DataType, double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; }},
};

struct FoldedUnary {
    const char* op;
    double (*function)(double);
};

constexpr FoldedUnary kFoldedUnaries[] = {
    {"Neg", [](double x) { return -x; }},
    {"Abs", [](double x) { return std::abs(x); }},
    {"Sqrt", [](double x) { return std::sqrt(x); }},
    {"Exp", [](double x) { return std::exp(x); }},
    {"Log", [](double x) { return std::log(x); }},
    {"Floor", [](double x) { return std::floor(x); }},
    {"Ceil", [](double x) { return std::ceil(x); }},
    {"Reciprocal", [](double x) { return 1.0 / x; }},
    {"Not", [](double x) { return x == 0.0 ? 1.0 : 0.0; }},
    {"Relu", [](double x) { return std::max(x, 0.0); }},
};

double rounded(DataType type, double value) {
    return type == DataType::Float32 ? asFloat(value) : value;
}

std::optional<ConstantArray> evaluateBinary(const Inputs& in, const FoldedBinary& rule) {
    ConstantArray result = given(in, 0);
    for (size_t i = 1; i < in.node.inputs.size(); ++i) {
        const ConstantArray& next = given(in, i);
        const DataType type = result.type;
        const Shape shape = broadcastShape(in.node, result.shape, next.shape);
        requireComputable(in.node, static_cast<double>(types::elementCount(shape)));
        result =
            combined(result, next, shape, rule.isComparison ? DataType::Bool : type,
                     [&](double a, double b) { return rounded(type, rule.function(type, a, b)); });
    }
    return result;
}

std::optional<ConstantArray> evaluateUnary(const Inputs& in, const FoldedUnary& rule) {
    const ConstantArray& array = given(in, 0);
    return mapped(array, array.type,
                  [&](double value) { return rounded(array.type, rule.function(value)); });
}

/// ReduceProd, ReduceSum, ReduceMax and ReduceMin of all elements or of a vector: what shapes need.
std::optional<ConstantArray> evaluateReduce(const Inputs& in) {
    const ConstantArray& array = given(in, 0);
    const auto axes = in.ints("axes", 1);
    if (array.elements() == 0 || (axes && axes->size() != array.shape.size())) return std::nullopt;
    double result = array.at(0);
    for (size_t i = 1; i < array.values->size(); ++i) {
        const double value = array.at(i);
        if (in.node.op == "ReduceProd")
            result *= value;
        else if (in.node.op == "ReduceSum")
            result += value;
        else
            result = in.node.op == "ReduceMax" ? std::max(result, value) : std::min(result, value);
    }
    const bool keeps = in.node.integer("keepdims", 1) != 0;
    return makeArray(array.type, keeps ? Shape(array.shape.size(), 1) : Shape{},
                     {rounded(array.type, result)});
}

constexpr struct {
    const char* op;
    Evaluator evaluate;
} kEvaluators[] = {
    {"Constant", evaluateConstant},   {"ConstantOfShape", evaluateFilled},
    {"Identity", evaluateIdentity},   {"Dropout", evaluateIdentity},
    {"Reshape", evaluateReshape},     {"Flatten", evaluateReshape},
    {"Squeeze", evaluateReshape},     {"Unsqueeze", evaluateReshape},
    {"Transpose", evaluateTranspose}, {"Gather", evaluateGather},
    {"Slice", evaluateSlice},         {"Concat", evaluateConcat},
    {"Cast", evaluateCast},           {"Range", evaluateRange},
    {"Expand", evaluateExpand},       {"Where", evaluateWhere},
    {"ReduceProd", evaluateReduce},   {"ReduceSum", evaluateReduce},
    {"ReduceMax", evaluateReduce},    {"ReduceMin", evaluateReduce},
};

}  // namespace

double asFloat(double value) {
    return static_cast<double>(static_cast<float>(value));
}

ConstantArray shapeAsArray(const Node& node, const Shape& shape) {
    if (node.op == "Size")
        return scalarArray(DataType::Int64, static_cast<double>(types::elementCount(shape)));
    const auto rank = static_cast<int64_t>(shape.size());
    const auto bound = [rank](int64_t at) {
        return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
    };
    const int64_t start = bound(node.integer("start", 0)), end = bound(node.integer("end", rank));
    std::vector<double> values;
    for (int64_t d = start; d < end; ++d)
        values.push_back(shape[static_cast<size_t>(d)]);
    const auto count = static_cast<int32_t>(values.size());
    return makeArray(DataType::Int64, {count}, std::move(values));
}

std::optional<ConstantArray> evaluateNode(const NodeArguments& arguments) {
    const std::string& op = arguments.node.op;
    if (op == "Shape" || op == "Size")
        return shapeAsArray(arguments.node, given(arguments, 0).shape);
    for (const auto& rule : kEvaluators)
        if (op == rule.op) return rule.evaluate(arguments);
    for (const FoldedBinary& rule : kFoldedBinaries)
        if (op == rule.op) return evaluateBinary(arguments, rule);
    for (const FoldedUnary& rule : kFoldedUnaries)
        if (op == rule.op) return evaluateUnary(arguments, rule);
    return std::nullopt;
}

}  // namespace onnx
