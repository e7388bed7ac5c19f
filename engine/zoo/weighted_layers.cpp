// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of GraphBuilder that have weights: draws them, lets the caller edit them, quantizes
// and stores them.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "analysis/shapes.h"
#include "bytes/number_bytes.h"
#include "zoo/graph_builder.h"
#include "zoo/symmetric_codes.h"

namespace zoo {

using namespace types;

namespace {

/// Biases of a trained layer are small compared with its sums, whose deviation is 1.
constexpr double kBiasDeviation = 0.1;

/// Filter taps along one axis that lie inside the input, averaged over the outputs.
double meanTaps(Padding padding, int32_t input, int32_t filter, int32_t stride) {
    const auto extent = analysis::windowExtent(padding, input, filter, stride, 1);
    if (extent.output <= 0) return filter;  // shape inference reports it
    int64_t taps = 0;
    for (int32_t i = 0; i < extent.output; ++i) {
        const int32_t start = i * stride - extent.paddingBefore;
        taps += std::min(input, start + filter) - std::max(0, start);
    }
    return static_cast<double>(taps) / extent.output;
}

/// Subtracts from every bias what inputs of the given value would add to its channel.
void centre(LayerWeights& weights, double input) {
    size_t inner = 1;
    for (size_t i = static_cast<size_t>(weights.channelAxis) + 1; i < weights.shape.size(); ++i)
        inner *= static_cast<size_t>(weights.shape[i]);
    std::vector<double> sums(weights.bias.size(), 0.0);
    for (size_t i = 0; i < weights.filter.size(); ++i)
        sums[i / inner % sums.size()] += static_cast<double>(weights.filter[i]);
    for (size_t c = 0; c < sums.size(); ++c)
        weights.bias[c] -= static_cast<float>(input * sums[c]);
}

/// Share of a window that is not padding.
double insideShare(const Shape& image, Size kernel, Size stride, Padding padding) {
    assert(image.size() == 4);
    return meanTaps(padding, image[1], kernel.height, stride.height) / kernel.height *
           meanTaps(padding, image[2], kernel.width, stride.width) / kernel.width;
}

}  // namespace

Value GraphBuilder::conv(Value x, int32_t channels, Size kernel, Size stride, Padding padding,
                         Activation activation) {
    return groupedConv(x, channels, 1, kernel, stride, padding, activation);
}

Value GraphBuilder::groupedConv(Value x, int32_t channels, int32_t groups, Size kernel, Size stride,
                                Padding padding, Activation activation) {
    if (failed({x})) return {};
    const int32_t depth = shape(x).back() / groups;
    const WindowOptions options{.padding = padding,
                                .strideWidth = stride.width,
                                .strideHeight = stride.height,
                                .activation = activation};
    const FanIn fanIn{kernel.height * kernel.width * depth,
                      insideShare(shape(x), kernel, stride, padding)};
    return weightedLayer(OpKind::CONV_2D, x, {channels, kernel.height, kernel.width, depth}, 0,
                         fanIn, activation, options);
}

Value GraphBuilder::depthwise(Value x, Size kernel, Size stride, Padding padding,
                              Activation activation, int32_t multiplier) {
    if (failed({x})) return {};
    const WindowOptions options{.padding = padding,
                                .strideWidth = stride.width,
                                .strideHeight = stride.height,
                                .depthMultiplier = multiplier,
                                .activation = activation};
    const Shape filter{1, kernel.height, kernel.width, shape(x).back() * multiplier};
    const FanIn fanIn{kernel.height * kernel.width, insideShare(shape(x), kernel, stride, padding)};
    return weightedLayer(OpKind::DEPTHWISE_CONV_2D, x, filter, 3, fanIn, activation, options);
}

Value GraphBuilder::fullyConnected(Value x, int32_t units, Activation activation) {
    if (failed({x})) return {};
    const auto features = static_cast<int32_t>(tensorOf(x).elements() / shape(x)[0]);
    return weightedLayer(OpKind::FULLY_CONNECTED, x, {units, features}, 0, {features, 1},
                         activation, FullyConnectedOptions{.activation = activation});
}

Value GraphBuilder::weightedLayer(OpKind kind, Value x, Shape filterShape, int32_t channelAxis,
                                  FanIn fanIn, Activation activation, OpOptions options) {
    // Taps on padding are zero. Inputs with variance 0 leave no scale.
    const Spread& in = spreadOf(x);
    const double expected = fanIn.insideShare * in.mean;
    const double varying = std::max(fanIn.insideShare * in.square - expected * expected, 1e-9);
    LayerWeights weights =
        drawWeights(std::move(filterShape), channelAxis, 1 / std::sqrt(fanIn.weights * varying));
    centre(weights, expected);
    if (m_edit) m_edit(weights);
    m_edit = nullptr;
    const bool perChannel = kind != OpKind::FULLY_CONNECTED;
    auto inputs = storeWeights(layerName(kind), weights, x, perChannel);
    inputs.insert(inputs.begin(), x);
    return newLayer(kind, inputs, std::move(options),
                    activated(normalSpread(0, 1 + kBiasDeviation * kBiasDeviation), activation));
}

LayerWeights GraphBuilder::drawWeights(Shape shape, int32_t channelAxis, double deviation) {
    LayerWeights weights{std::move(shape), channelAxis, {}, {}};
    weights.filter.resize(static_cast<size_t>(elementCount(weights.shape)));
    for (float& weight : weights.filter)
        weight = static_cast<float>(deviation * m_random.normal());
    weights.bias.resize(static_cast<size_t>(weights.shape[static_cast<size_t>(channelAxis)]));
    for (float& bias : weights.bias)
        bias = static_cast<float>(kBiasDeviation * m_random.normal());
    return weights;
}

std::vector<Value> GraphBuilder::storeWeights(const std::string& name, const LayerWeights& weights,
                                              Value input, bool perChannel) {
    const Shape biasShape{static_cast<int32_t>(weights.bias.size())};
    if (tensorOf(input).type == DataType::Float32)
        return {newConstant(name + "/filter", DataType::Float32, weights.shape,
                            bytes::bytesOfNumbers(weights.filter)),
                newConstant(name + "/bias", DataType::Float32, biasShape,
                            bytes::bytesOfNumbers(weights.bias))};
    const auto axis = static_cast<size_t>(weights.channelAxis);
    const SymmetricCodes codes = perChannel ? codesPerChannel(weights.filter, weights.shape, axis)
                                            : codesPerTensor(weights.filter);
    const Value filter =
        newConstant(name + "/filter", DataType::Int8, weights.shape, bytes::bytesOfNumbers(codes.codes));
    tensorOf(filter).quantization = codes.quantization(weights.channelAxis);
    const auto inputScale = tensorOf(input).quantization.scale[0];
    const BiasCodes biasCodes = codesOfBias(weights.bias, inputScale, codes.scale);
    const Value bias =
        newConstant(name + "/bias", DataType::Int32, biasShape, bytes::bytesOfNumbers(biasCodes.codes));
    tensorOf(bias).quantization = biasCodes.quantization();
    return {filter, bias};
}

Value GraphBuilder::constant(Shape shape, const std::vector<float>& values) {
    assert(static_cast<size_t>(elementCount(shape)) == values.size());
    const std::string name = "constant_" + std::to_string(m_graph.tensors.size());
    Value x;
    if (m_precision == Precision::Float32) {
        x = newConstant(name, DataType::Float32, std::move(shape), bytes::bytesOfNumbers(values));
    } else {
        const SymmetricCodes codes = codesPerTensor(values);
        x = newConstant(name, DataType::Int8, std::move(shape), bytes::bytesOfNumbers(codes.codes));
        tensorOf(x).quantization = codes.quantization(0);
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    spreadOf(x) = uniformSpread(*low, *high);
    return x;
}

Value GraphBuilder::intConstant(const std::vector<int32_t>& values, Shape shape) {
    if (shape.empty()) shape = {static_cast<int32_t>(values.size())};
    return newConstant("constant_" + std::to_string(m_graph.tensors.size()), DataType::Int32,
                       std::move(shape), bytes::bytesOfNumbers(values));
}

Value GraphBuilder::newConstant(std::string name, DataType type, Shape shape,
                                std::vector<uint8_t> bytes) {
    const Value x = newTensor(std::move(name), type, std::move(shape), {});
    tensorOf(x).quantization = {};
    tensorOf(x).buffer = static_cast<uint32_t>(m_graph.buffers.size());
    m_graph.buffers.emplace_back(std::move(bytes));
    return x;
}

}  // namespace zoo
