// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/solve_layer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "calibration/linear_layer.h"
#include "transform/recovery/layer_weights.h"

namespace transform {

using calibration::LinearLayer;
using types::Activation;
using types::Graph;

namespace {

struct Clamp {
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
};

Clamp clampOf(const Graph& graph, size_t op) {
    Clamp clamp;
    const Activation activation = activationOf(graph.ops[op].options);
    if (activation == Activation::Relu) clamp.low = 0;
    if (activation == Activation::Relu6) clamp = {0, 6};
    if (activation == Activation::ReluN1To1) clamp = {-1, 1};
    const types::Tensor& out = graph.tensor(graph.ops[op].output(0));
    if (!out.quantization.present() || out.type == types::DataType::Float32) return clamp;
    // The extreme codes also represent all values beyond them.
    const int bits = types::bitsOf(out.type);
    const float scale = out.quantization.scale[0];
    const auto zero = static_cast<float>(out.quantization.firstZeroPoint());
    clamp.low = std::max(clamp.low, (-std::ldexp(1.0f, bits - 1) - zero) * scale);
    clamp.high = std::min(clamp.high, (std::ldexp(1.0f, bits - 1) - 1 - zero) * scale);
    return clamp;
}

/// Weights and biases of a whole layer.
struct Values {
    std::vector<float> weights, bias;
};

Values readLayer(const Graph& graph, size_t op, size_t channels) {
    const bool hasBias = graph.ops[op].input(2) >= 0;
    return {realOperand(graph, op, 1),
            hasBias ? realOperand(graph, op, 2) : std::vector<float>(channels, 0.0f)};
}

/// Channels that read the same columns and are solved together.
using Channels = std::vector<size_t>;

std::vector<Channels> jointChannels(const LinearLayer& layer) {
    Channels all(layer.channels());
    std::iota(all.begin(), all.end(), size_t{0});
    if (!layer.isDepthwise()) return {all};
    std::vector<Channels> single;
    for (size_t channel : all)
        single.push_back({channel});
    return single;
}

/// The part of the samples that concerns some channels.
LinearProblem problemOf(const LinearLayer& layer, const Channels& channels,
                        const LayerSamples& samples, const Clamp& clamp, bool hasBias) {
    const size_t rows = samples.inputs.rows;
    LinearProblem problem;
    problem.inputs = {rows, layer.taps(), std::vector<float>(rows * layer.taps())};
    problem.outputs = {rows, channels.size(), std::vector<float>(rows * channels.size())};
    for (size_t row = 0; row < rows; ++row) {
        for (size_t k = 0; k < layer.taps(); ++k)
            problem.inputs.row(row)[k] = samples.inputs.row(row)[layer.columnAt(channels[0], k)];
        for (size_t j = 0; j < channels.size(); ++j)
            problem.outputs.row(row)[j] = samples.outputs.row(row)[channels[j]];
    }
    problem.heldOut = samples.heldOut;
    problem.low = clamp.low;
    problem.high = clamp.high;
    problem.hasBias = hasBias;
    return problem;
}

LinearWeights weightsOf(const LinearLayer& layer, const Channels& channels, const Values& values) {
    LinearWeights weights;
    weights.weights = {layer.taps(), channels.size(), {}};
    for (size_t k = 0; k < layer.taps(); ++k)
        for (size_t channel : channels)
            weights.weights.values.push_back(values.weights[layer.weightAt(channel, k)]);
    for (size_t channel : channels)
        weights.bias.push_back(values.bias[channel]);
    return weights;
}

void writeWeights(const LinearLayer& layer, const Channels& channels, const LinearWeights& solved,
                  Values& values) {
    for (size_t j = 0; j < channels.size(); ++j) {
        for (size_t k = 0; k < layer.taps(); ++k)
            values.weights[layer.weightAt(channels[j], k)] = solved.weights.row(k)[j];
        values.bias[channels[j]] = solved.bias[j];
    }
}

}  // namespace

bool isClamp(const Graph& graph, size_t op) {
    const Activation activation = activationOf(graph.ops[op].options);
    return activation != Activation::Tanh && activation != Activation::SignBit;
}

std::string solveLayer(Graph& graph, size_t op, const LayerSamples& samples) {
    const LinearLayer layer(graph, op);
    const auto parts = jointChannels(layer);
    const Clamp clamp = clampOf(graph, op);
    const bool hasBias = graph.ops[op].input(2) >= 0;
    Values values = readLayer(graph, op, layer.channels());
    std::vector<LinearProblem> problems;
    double before = 0;
    for (const Channels& part : parts) {
        problems.push_back(problemOf(layer, part, samples, clamp, hasBias));
        const LinearWeights old = weightsOf(layer, part, values);
        before += heldOutError(problems.back(), old);
        writeWeights(layer, part, solve(problems.back(), old), values);
    }
    Graph changed = graph;
    ConstantEdits edits;
    setWeights(graph, op, values.weights, values.bias, edits);
    edits.apply(changed);
    const Values rounded = readLayer(changed, op, layer.channels());
    double after = 0;
    for (size_t i = 0; i < parts.size(); ++i)
        after += heldOutError(problems[i], weightsOf(layer, parts[i], rounded));
    const std::string where = types::opLabel(graph, op);
    if (!(after < before)) return where + ": nothing better than its own weights was found";
    graph = std::move(changed);
    return where + ": weights solved again, " +
           std::to_string(std::lround(100 * std::sqrt(after / before))) +
           " % of the error that the removal brought is left";
}

}  // namespace transform
