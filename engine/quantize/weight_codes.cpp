// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/weight_codes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/real_values.h"

namespace quantize {

using types::DataType;
using types::Graph;
using types::Precision;

namespace {

/// Bias codes stay below this, so that products can still be added without overflow: of 32 bits, or
/// of the 48 bits that kernels rescale with 16-bit activations.
double largestBias(DataType biasType) {
    return biasType == DataType::Int32 ? 0x1p30 : 0x1p46;
}

std::vector<float> constantValues(const Graph& graph, int32_t tensor) {
    return analysis::dequantize(graph.tensor(tensor), graph.constantData(tensor).view());
}

std::vector<float> largestMagnitudes(const LayerCodes& layer) {
    std::vector<float> largest(layer.scales.size(), 0.0f);
    for (size_t i = 0; i < layer.weights.size(); ++i) {
        float& slice = largest[largest.size() == 1 ? 0 : layer.channelOf(i)];
        slice = std::max(slice, std::fabs(layer.weights[i]));
    }
    return largest;
}

/// Sums of squared rounding errors per slice, with the present scales.
std::vector<double> squaredErrors(const LayerCodes& layer) {
    std::vector<double> errors(layer.scales.size(), 0);
    for (size_t i = 0; i < layer.weights.size(); ++i) {
        const double value = layer.codeOf(i, double{layer.weights[i]}) * layer.scaleOf(i);
        const double error = double{layer.weights[i]} - value;
        errors[errors.size() == 1 ? 0 : layer.channelOf(i)] += error * error;
    }
    return errors;
}

/// With only 15 codes, clipping the largest weights for finer steps reduces the error.
void searchScales(LayerCodes& layer) {
    constexpr int kSteps = 16;
    const std::vector<float> widest = layer.scales;
    std::vector<float> best = widest;
    std::vector<double> least = squaredErrors(layer);
    for (int step = kSteps - 1; step >= kSteps / 2; --step) {
        for (size_t c = 0; c < widest.size(); ++c)
            layer.scales[c] = widest[c] * static_cast<float>(step) / kSteps;
        const auto errors = squaredErrors(layer);
        for (size_t c = 0; c < widest.size(); ++c)
            if (errors[c] < least[c]) least[c] = errors[c], best[c] = layer.scales[c];
    }
    layer.scales = best;
}

/// Widens scales whose bias codes would overflow.
void makeRoomForBias(LayerCodes& layer) {
    const double largest = layer.inputScale * largestBias(layer.biasType);
    for (size_t c = 0; c < layer.bias.size(); ++c) {
        float& scale = layer.scales[layer.scales.size() == 1 ? 0 : c];
        const double least = std::fabs(double{layer.bias[c]}) / largest;
        scale = std::max(scale, static_cast<float>(least));
    }
}

void chooseScales(LayerCodes& layer) {
    const std::vector<float> largest = largestMagnitudes(layer);
    // A channel with zero weights and a bias gets the scale of an ordinary channel.
    const float ordinary = std::max(*std::ranges::max_element(largest), 1e-6f);
    for (size_t c = 0; c < largest.size(); ++c)
        layer.scales[c] = (largest[c] > 0 ? largest[c] : ordinary) / layer.limit();
    if (layer.weightType == DataType::Int4) searchScales(layer);
    makeRoomForBias(layer);
}

/// True where the layer can get its stored scales again: same type, symmetric.
bool canKeep(const StoredAs& stored, const LayerCodes& layer) {
    const auto& q = stored.quantization;
    return stored.type == layer.weightType && q.present() &&
           (q.scale.size() == 1 || q.scale.size() == layer.channels) &&
           std::ranges::all_of(q.zeroPoint, [](int64_t zero) { return zero == 0; });
}

}  // namespace

bool needsOneScale(const types::Op& op, DataType weights) {
    return op.kind == types::OpKind::FULLY_CONNECTED && weights == DataType::Int4;
}

float LayerCodes::codeOf(size_t weight, double value) const {
    const double code = std::round(value / scaleOf(weight));
    return static_cast<float>(std::clamp(code, -double{limit()}, double{limit()}));
}

std::vector<float> LayerCodes::rounded() const {
    std::vector<float> values(weights.size());
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = codeOf(i, double{weights[i]}) * scaleOf(i);
    return values;
}

LayerCodes layerCodes(const FloatModel& model, size_t op, Precision precision, bool perChannel,
                      float inputScale, bool keepStored) {
    const Graph& graph = model.graph;
    const types::Op& layerOp = graph.ops[op];
    LayerCodes layer;
    layer.roles = *weightRoles(graph, op);
    const int32_t weights = layerOp.inputs[layer.roles.weights];
    const int32_t bias = layerOp.input(layer.roles.bias);
    layer.weightType = precision == Precision::Int8W4 ? DataType::Int4 : DataType::Int8;
    layer.biasType = precision == Precision::Int16x8 ? DataType::Int64 : DataType::Int32;
    layer.weights = layer.source = constantValues(graph, weights);
    if (bias >= 0) layer.bias = layer.sourceBias = constantValues(graph, bias);
    layer.inputScale = inputScale;
    const types::Shape& shape = graph.tensor(weights).shape;
    const auto axis = static_cast<size_t>(layer.roles.channelAxis);
    layer.channels = static_cast<size_t>(shape[axis]);
    for (size_t d = axis + 1; d < shape.size(); ++d)
        layer.inner *= static_cast<size_t>(shape[d]);
    const StoredAs& stored = model.stored[static_cast<size_t>(weights)];
    if (keepStored && canKeep(stored, layer)) {
        layer.scales = stored.quantization.scale;
        return layer;
    }
    const bool severalScales = perChannel && !needsOneScale(layerOp, layer.weightType);
    layer.scales.assign(severalScales ? layer.channels : 1, 0.0f);
    chooseScales(layer);
    return layer;
}

}  // namespace quantize
