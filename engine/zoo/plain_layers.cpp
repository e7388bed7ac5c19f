// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of GraphBuilder that have no weights.
#include <cassert>

#include "zoo/graph_builder.h"

namespace zoo {

using namespace types;

namespace {

WindowOptions poolOptions(Size kernel, Size stride, Padding padding) {
    return {.padding = padding,
            .strideWidth = stride.width,
            .strideHeight = stride.height,
            .filterWidth = kernel.width,
            .filterHeight = kernel.height};
}

}  // namespace

Value GraphBuilder::averagePool(Value x, Size kernel, Size stride, Padding padding) {
    const Value y = passThrough(OpKind::AVERAGE_POOL_2D, {x}, poolOptions(kernel, stride, padding));
    if (!m_error) spreadOf(y) = averaged(spreadOf(x), kernel.height * kernel.width);
    return y;
}

Value GraphBuilder::maxPool(Value x, Size kernel, Size stride, Padding padding) {
    return passThrough(OpKind::MAX_POOL_2D, {x}, poolOptions(kernel, stride, padding));
}

Value GraphBuilder::mean(Value x, const std::vector<int32_t>& axes, bool keepDims) {
    const Value y = passThrough(OpKind::MEAN, {x, intConstant(axes)}, ReduceOptions{keepDims});
    if (m_error) return {};
    const auto count = static_cast<double>(tensorOf(x).elements() / tensorOf(y).elements());
    spreadOf(y) = averaged(spreadOf(x), count);
    return y;
}

Value GraphBuilder::pad(Value x, const std::vector<std::vector<int32_t>>& paddings) {
    std::vector<int32_t> flat;
    for (const auto& pair : paddings)
        flat.insert(flat.end(), pair.begin(), pair.end());
    return passThrough(OpKind::PAD,
                       {x, intConstant(flat, {static_cast<int32_t>(paddings.size()), 2})}, {});
}

Value GraphBuilder::add(Value a, Value b, Activation activation) {
    if (failed({a, b})) return {};
    return newLayer(OpKind::ADD, {a, b}, ArithmeticOptions{.activation = activation},
                    activated(sumOf(spreadOf(a), spreadOf(b)), activation));
}

Value GraphBuilder::mul(Value a, Value b, Activation activation) {
    if (failed({a, b})) return {};
    return newLayer(OpKind::MUL, {a, b}, ArithmeticOptions{.activation = activation},
                    activated(productOf(spreadOf(a), spreadOf(b)), activation));
}

Value GraphBuilder::concat(const std::vector<Value>& parts, int32_t axis) {
    assert(!parts.empty());
    for (Value part : parts)
        if (failed({part})) return {};
    Spread spread = spreadOf(parts[0]);
    for (Value part : parts)
        spread = joined(spread, spreadOf(part));
    std::vector<Value> inputs;
    for (Value part : parts)
        inputs.push_back(requantized(part, spread));
    return newLayer(OpKind::CONCATENATION, inputs, ConcatenationOptions{.axis = axis}, spread);
}

Value GraphBuilder::unary(OpKind kind, Value x) {
    if (failed({x})) return {};
    if (kind == OpKind::LOGISTIC)
        return newLayer(kind, {x}, {}, uniformSpread(0, 1), probabilityQuantization());
    if (kind == OpKind::TANH)
        return newLayer(kind, {x}, {}, uniformSpread(-1, 1), tanhQuantization());
    if (kind == OpKind::RELU)
        return newLayer(kind, {x}, {}, activated(spreadOf(x), Activation::Relu));
    if (kind == OpKind::RELU6)
        return newLayer(kind, {x}, {}, activated(spreadOf(x), Activation::Relu6));
    OpOptions options;
    if (kind == OpKind::LEAKY_RELU) options = LeakyReluOptions{0.25f};
    return newLayer(kind, {x}, options, spreadOf(x));
}

Value GraphBuilder::softmax(Value x) {
    if (failed({x})) return {};
    return newLayer(OpKind::SOFTMAX, {x}, SoftmaxOptions{}, uniformSpread(0, 1),
                    probabilityQuantization());
}

Value GraphBuilder::reshape(Value x, const Shape& shape) {
    return passThrough(OpKind::RESHAPE, {x, intConstant(shape)}, ReshapeOptions{shape});
}

Value GraphBuilder::flatten(Value x) {
    if (failed({x})) return {};
    const int32_t batch = shape(x)[0];
    return reshape(x, {batch, static_cast<int32_t>(tensorOf(x).elements() / batch)});
}

Value GraphBuilder::squeeze(Value x, const std::vector<int32_t>& dims) {
    return passThrough(OpKind::SQUEEZE, {x}, SqueezeOptions{dims});
}

Value GraphBuilder::transpose(Value x, const std::vector<int32_t>& permutation) {
    return passThrough(OpKind::TRANSPOSE, {x, intConstant(permutation)}, {});
}

Value GraphBuilder::resizeNearest(Value x, Size size) {
    return passThrough(OpKind::RESIZE_NEAREST_NEIGHBOR, {x, intConstant({size.height, size.width})},
                       ResizeOptions{});
}

Value GraphBuilder::quantize(Value x) {
    if (failed({x})) return {};
    const Spread spread = spreadOf(x);
    const Value y = newLayer(OpKind::QUANTIZE, {x}, {}, spread);
    if (m_error) return {};
    tensorOf(y).type = DataType::Int8;
    tensorOf(y).quantization = int8Quantization(spread.low, spread.high);
    return y;
}

Value GraphBuilder::dequantize(Value x) {
    if (failed({x})) return {};
    const Value y = newLayer(OpKind::DEQUANTIZE, {x}, {}, spreadOf(x));
    if (m_error) return {};
    tensorOf(y).type = DataType::Float32;
    tensorOf(y).quantization = {};
    return y;
}

Value GraphBuilder::op(OpKind kind, const std::vector<Value>& inputs, OpOptions options) {
    return passThrough(kind, inputs, std::move(options));
}

}  // namespace zoo
