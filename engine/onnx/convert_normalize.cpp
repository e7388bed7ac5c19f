// SPDX-License-Identifier: GPL-3.0-or-later
// Softmax, and normalizations as products and sums.
#include <algorithm>
#include <cmath>

#include "onnx/operators.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;
using types::Shape;

AxisOrder withLast(size_t rank, size_t axis) {
    AxisOrder order = identityOrder(rank);
    std::rotate(order.begin() + static_cast<int64_t>(axis),
                order.begin() + static_cast<int64_t>(axis) + 1, order.end());
    return order;
}

/// The input with the normalized axis last. Before opset 13 all axes from `axis` on were one.
struct SoftmaxInput {
    View view;
    AxisOrder order;
};

SoftmaxInput softmaxInput(Conversion& c, const Node& node, const View& view) {
    const size_t rank = view.shape.size();
    const bool isOld = node.integer("opset", c.opset()) < 13;
    const size_t axis =
        axisOf(node, node.integer("axis", isOld ? 1 : -1), std::max<size_t>(rank, 1));
    if (isOld && axis + 1 < rank) {
        const auto split = view.shape.begin() + static_cast<int64_t>(axis);
        const Shape rows{
            static_cast<int32_t>(types::elementCount(Shape(view.shape.begin(), split))),
            static_cast<int32_t>(types::elementCount(Shape(split, view.shape.end())))};
        return {reshapedView(view, rows), {0, 1}};
    }
    const bool isLast = view.isPlain() && static_cast<size_t>(view.order.back()) == axis;
    return {view, isLast ? view.order : withLast(rank, axis)};
}

/// What the integer kernels assume of their results.
ActivationScale softmaxScale(DataType type) {
    return type == DataType::Int16 ? ActivationScale{1.0f / 32768, 0, type}
                                   : ActivationScale{1.0f / 256, -128, type};
}

void convertSoftmax(Conversion& c, const Node& node) {
    View view = c.numbers(node, 0);
    require(!view.shape.empty(), node, "has a scalar as input");
    const bool isLog = node.op == "LogSoftmax";
    const auto scale = c.scaleOf(view);
    Tail tail = c.tailOf(node, false, scale.has_value() && !isLog);
    // A finer scale than the kernel's 1/256 or 1/32768 could not be told from its codes.
    const bool isFine =
        tail.scale && tail.scale->scale < 0.9f * softmaxScale(tail.scale->type).scale;
    const bool isInteger = tail.scale && tail.scale->type == scale->type && !isFine;
    if (!isInteger) {
        tail = c.tailOf(node, false, false);
        view = c.real(view);
    }
    const Shape shape = view.shape;
    const SoftmaxInput in = softmaxInput(c, node, view);
    const int32_t tensor = c.materialized(in.view, in.order);
    std::optional<ActivationScale> own;
    if (isInteger) own = softmaxScale(scale->type);
    const bool isDirect = own == tail.scale;
    const std::string name = isDirect ? tail.name : node.outputs[0];
    const int32_t result = c.addScaled(name, c.tensor(tensor).shape, own);
    if (isLog)
        c.emit(OpKind::LOG_SOFTMAX, {tensor}, {result});
    else
        c.emit(OpKind::SOFTMAX, {tensor}, {result}, types::SoftmaxOptions{1});
    View out = viewOf(result, in.view.shape, in.order);
    if (isInteger) out = c.quantized(out, *tail.scale, tail.name);
    c.finish(tail, reshapedView(out, shape));
}

/// Real numbers, with the operators of normalizations.
class RealChain {
public:
    RealChain(Conversion& conversion, const Node& node, int32_t tensor)
        : m_conversion(conversion), m_name(node.outputs[0]), m_tensor(tensor) {}

    int32_t tensor() const { return m_tensor; }

    int32_t combine(OpKind kind, int32_t a, int32_t b, const Shape& shape) {
        const int32_t result = m_conversion.addTensor(m_name, DataType::Float32, shape);
        types::OpOptions options;
        if (kind != OpKind::SQUARED_DIFFERENCE) options = types::ArithmeticOptions{};
        m_conversion.emit(kind, {a, b}, {result}, options);
        return result;
    }
    int32_t combine(OpKind kind, int32_t a, const ConstantArray& b) {
        const int32_t operand = m_conversion.addConstant(m_name + "/factor", b, DataType::Float32);
        return combine(kind, a, operand, m_conversion.tensor(a).shape);
    }
    int32_t mean(int32_t a, const std::vector<int32_t>& places) {
        Shape shape = m_conversion.tensor(a).shape;
        for (int32_t place : places)
            shape[static_cast<size_t>(place)] = 1;
        const int32_t result = m_conversion.addTensor(m_name, DataType::Float32, shape);
        m_conversion.emit(OpKind::MEAN, {a, m_conversion.addIntegers("axes", places)}, {result},
                          types::ReduceOptions{true});
        return result;
    }
    /// (x - mean) / sqrt(variance + epsilon) over the axes at these places.
    void normalize(const std::vector<int32_t>& places, double epsilon) {
        const Shape shape = m_conversion.tensor(m_tensor).shape;
        const int32_t average = mean(m_tensor, places);
        const int32_t squares = combine(OpKind::SQUARED_DIFFERENCE, m_tensor, average, shape);
        const int32_t variance = combine(OpKind::ADD, mean(squares, places),
                                         makeArray(DataType::Float32, {1}, {epsilon}));
        const int32_t inverse =
            m_conversion.addTensor(m_name, DataType::Float32, m_conversion.tensor(variance).shape);
        m_conversion.emit(OpKind::RSQRT, {variance}, {inverse});
        const int32_t centred = combine(OpKind::SUB, m_tensor, average, shape);
        m_tensor = combine(OpKind::MUL, centred, inverse, shape);
    }
    void scale(const ConstantArray& factor) { m_tensor = combine(OpKind::MUL, m_tensor, factor); }
    void shift(const ConstantArray& summand) { m_tensor = combine(OpKind::ADD, m_tensor, summand); }

private:
    Conversion& m_conversion;
    std::string m_name;
    int32_t m_tensor;
};

const ConstantArray& constantInput(Conversion& c, const Node& node, size_t i) {
    const OnnxValue& value = c.input(node, i);
    require(value.constant.has_value(), node, "computes its factors at run time");
    return *value.constant;
}

/// One number per channel (axis 1) in the order of memory.
ConstantArray perChannel(const Node& node, const ConstantArray& numbers, const View& view,
                         const AxisOrder& order) {
    require(view.shape.size() >= 2 && numbers.elements() == view.shape[1], node,
            "has " + std::to_string(numbers.elements()) + " factors for its channels");
    Shape shape(view.shape.size(), 1);
    shape[1] = view.shape[1];
    return transposed(reshaped(numbers, shape), order);
}

/// Not behind a layer that could take it: x * factor + summand.
void convertBatchNorm(Conversion& c, const Node& node) {
    const View view = c.real(c.numbers(node, 0));
    require(node.outputs.size() == 1 || node.integer("training_mode", 0) == 0, node,
            "is in training mode");
    const ConstantArray &gamma = constantInput(c, node, 1), &beta = constantInput(c, node, 2);
    const ConstantArray &mean = constantInput(c, node, 3), &variance = constantInput(c, node, 4);
    const double epsilon = static_cast<double>(node.real("epsilon", 1e-5f));
    std::vector<double> factors, summands;
    const auto count = static_cast<size_t>(gamma.elements());
    for (const ConstantArray* array : {&beta, &mean, &variance})
        require(array->values->size() == count, node, "has factors of different lengths");
    for (size_t i = 0; i < count; ++i) {
        factors.push_back(gamma.at(i) / std::sqrt(variance.at(i) + epsilon));
        summands.push_back(beta.at(i) - mean.at(i) * factors[i]);
    }
    const AxisOrder order = view.isPlain() ? view.order : identityOrder(view.shape.size());
    const Shape shape{static_cast<int32_t>(count)};
    RealChain chain(c, node, c.materialized(view, order));
    chain.scale(perChannel(node, makeArray(DataType::Float32, shape, factors), view, order));
    chain.shift(perChannel(node, makeArray(DataType::Float32, shape, summands), view, order));
    c.give(node, viewOf(chain.tensor(), view.shape, order), DataType::Float32);
}

void convertInstanceNorm(Conversion& c, const Node& node) {
    const View view = c.real(c.numbers(node, 0));
    require(view.shape.size() >= 3, node, "has no spatial axes");
    const AxisOrder order = view.isPlain() ? view.order : identityOrder(view.shape.size());
    std::vector<int32_t> places;
    for (size_t place = 0; place < order.size(); ++place)
        if (order[place] >= 2) places.push_back(static_cast<int32_t>(place));
    RealChain chain(c, node, c.materialized(view, order));
    chain.normalize(places, static_cast<double>(node.real("epsilon", 1e-5f)));
    chain.scale(perChannel(node, constantInput(c, node, 1), view, order));
    chain.shift(perChannel(node, constantInput(c, node, 2), view, order));
    c.give(node, viewOf(chain.tensor(), view.shape, order), DataType::Float32);
}

void convertLayerNorm(Conversion& c, const Node& node) {
    const View view = c.real(c.numbers(node, 0));
    require(node.outputs.size() == 1 || !c.isRead(node.outputs[1]), node, "also gives its mean");
    const size_t axis = axisOf(node, node.integer("axis", -1), view.shape.size());
    std::vector<int32_t> places;
    for (size_t d = axis; d < view.shape.size(); ++d)
        places.push_back(static_cast<int32_t>(d));
    RealChain chain(c, node, c.materialized(view));
    chain.normalize(places, static_cast<double>(node.real("epsilon", 1e-5f)));
    const auto factorOf = [&](size_t i) {
        const ConstantArray& array = constantInput(c, node, i);
        require(broadcastShape(node, array.shape, view.shape) == view.shape, node,
                "has factors that do not broadcast to its input");
        return array;
    };
    chain.scale(factorOf(1));
    if (node.hasInput(2)) chain.shift(factorOf(2));
    c.give(node, viewOf(chain.tensor(), view.shape, identityOrder(view.shape.size())),
           DataType::Float32);
}

}  // namespace

Converter normalizeConverter(const std::string& op) {
    if (op == "Softmax" || op == "LogSoftmax") return convertSoftmax;
    if (op == "BatchNormalization") return convertBatchNorm;
    if (op == "InstanceNormalization") return convertInstanceNorm;
    return op == "LayerNormalization" ? convertLayerNorm : nullptr;
}

}  // namespace onnx
