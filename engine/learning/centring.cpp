// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/centring.h"

#include <algorithm>
#include <cmath>

#include "quantize/scale_rules.h"

namespace learning {

using types::Graph;
using types::Op;
using types::OpKind;

namespace {

bool hasSlices(OpKind kind) {
    return kind == OpKind::CONV_2D || kind == OpKind::DEPTHWISE_CONV_2D ||
           kind == OpKind::FULLY_CONNECTED;
}

size_t readersOf(const Graph& graph, int32_t tensor) {
    size_t readers = 0;
    for (const Op& op : graph.ops)
        readers += static_cast<size_t>(std::count(op.inputs.begin(), op.inputs.end(), tensor));
    return readers;
}

/// Channels of the input along its last axis; a dense layer reads all elements as channels.
size_t inputChannels(const Graph& graph, const CentredLayer& layer) {
    const types::Shape& weights = graph.tensor(layer.weights).shape;
    const bool isDepthwise = layer.inner == 1;
    return static_cast<size_t>(isDepthwise ? graph.tensor(layer.input).shape.back()
                                           : weights.back());
}

}  // namespace

std::vector<CentredLayer> centredLayers(const Graph& graph) {
    std::vector<CentredLayer> layers;
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const Op& op = graph.ops[i];
        const auto roles = quantize::weightRoles(graph, i);
        if (!roles || !hasSlices(op.kind)) continue;
        CentredLayer layer;
        layer.input = op.inputs[roles->input];
        layer.weights = op.inputs[roles->weights];
        const types::Shape& shape = graph.tensor(layer.weights).shape;
        if (readersOf(graph, layer.weights) != 1 || graph.tensor(layer.input).shape.empty())
            continue;
        const auto axis = static_cast<size_t>(roles->channelAxis);
        layer.channels = static_cast<size_t>(shape[axis]);
        for (size_t d = axis + 1; d < shape.size(); ++d)
            layer.inner *= static_cast<size_t>(shape[d]);
        const int32_t bias = op.input(roles->bias);
        if (bias >= 0 && readersOf(graph, bias) == 1) layer.bias = bias;
        layers.push_back(std::move(layer));
    }
    return layers;
}

InputMeans::InputMeans(const Graph& graph, std::vector<CentredLayer> layers)
    : m_graph(graph), m_layers(std::move(layers)), m_sums(m_layers.size()) {
    for (size_t i = 0; i < m_layers.size(); ++i)
        m_sums[i].values.resize(inputChannels(graph, m_layers[i]));
}

void InputMeans::add(const Network& network) {
    for (size_t i = 0; i < m_layers.size(); ++i) {
        Sums& sums = m_sums[i];
        const std::span<const float> values = network.values(m_layers[i].input);
        const size_t channels = sums.values.size();
        if (values.size() % channels != 0) continue;
        for (size_t first = 0; first < values.size(); first += channels)
            for (size_t c = 0; c < channels; ++c) {
                const double value = double{values[first + c]};
                sums.values[c] += value;
                sums.squares += value * value;
            }
        sums.count += static_cast<double>(values.size());
    }
}

void InputMeans::setMeans(CentredLayer& layer, const Sums& sums) const {
    const size_t channels = sums.values.size();
    const double each = sums.count / static_cast<double>(channels);
    const bool isDepthwise = layer.inner == 1;
    const size_t multiplier = isDepthwise ? std::max<size_t>(layer.channels / channels, 1) : 1;
    layer.means.resize(static_cast<size_t>(m_graph.tensor(layer.weights).elements()));
    for (size_t i = 0; i < layer.means.size(); ++i) {
        const size_t channel = isDepthwise ? layer.channelOf(i) / multiplier : i % channels;
        layer.means[i] = static_cast<float>(sums.values[channel] / each);
    }
    double variance = sums.squares / sums.count;
    for (double sum : sums.values)
        variance -= sum / each * (sum / each) / static_cast<double>(channels);
    layer.deviation = static_cast<float>(std::sqrt(std::max(variance, 1e-12)));
}

std::vector<CentredLayer> InputMeans::finish() {
    for (size_t i = 0; i < m_layers.size(); ++i)
        if (m_sums[i].count > 0) setMeans(m_layers[i], m_sums[i]);
    return std::move(m_layers);
}

}  // namespace learning
