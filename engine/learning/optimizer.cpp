// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/optimizer.h"

#include <algorithm>
#include <cmath>

namespace learning {

namespace {

/// Steps of tensors with smaller values, such as biases of 0, are scaled by this.
constexpr float kLeastScale = 0.01f;
/// Steps of channels with small weights are scaled by this share of the whole tensor's.
constexpr float kLeastShare = 0.25f;

float rootMeanSquare(std::span<const float> values) {
    double sum = 0;
    for (float value : values)
        sum += double(value) * double(value);
    return static_cast<float>(std::sqrt(sum / double(std::max<size_t>(values.size(), 1))));
}

std::vector<float> channelScales(const CentredLayer& layer, std::span<const float> weights) {
    std::vector<double> squares(layer.channels);
    for (size_t i = 0; i < weights.size(); ++i)
        squares[layer.channelOf(i)] += double(weights[i]) * double(weights[i]);
    const double each = double(weights.size()) / double(layer.channels);
    const float least = std::max(kLeastShare * rootMeanSquare(weights), 1e-9f);
    std::vector<float> scales;
    for (double sum : squares)
        scales.push_back(std::max(static_cast<float>(std::sqrt(sum / each)), least));
    return scales;
}

}  // namespace

Optimizer::Optimizer(std::span<const Parameter> parameters, OptimizerOptions options)
    : m_options(std::move(options)) {
    for (const Parameter& parameter : parameters)
        if (parameter.isTrainable()) addSlot(parameter);
    pairSlots(parameters);
}

void Optimizer::addSlot(const Parameter& parameter) {
    Slot slot{parameter.value, parameter.gradient, {}, parameter.value.size(), {}, {}, {}};
    slot.momentum.resize(parameter.value.size());
    if (m_options.method == Method::Adam) slot.squares.resize(parameter.value.size());
    if (m_options.keepZeros && parameter.role == ParameterRole::Weights)
        for (float value : parameter.value)
            slot.zero.push_back(value == 0);
    const auto layer =
        std::find_if(m_options.layers.begin(), m_options.layers.end(),
                     [&](const CentredLayer& one) { return one.weights == parameter.tensor; });
    if (parameter.role == ParameterRole::Weights && layer != m_options.layers.end()) {
        slot.scales = channelScales(*layer, parameter.value);
        slot.inner = layer->inner;
    } else {
        slot.scales = {std::max(rootMeanSquare(parameter.value), kLeastScale)};
    }
    m_slots.push_back(std::move(slot));
}

void Optimizer::pairSlots(std::span<const Parameter> parameters) {
    for (const CentredLayer& layer : m_options.layers) {
        size_t slot = 0, weights = m_slots.size(), bias = m_slots.size();
        for (const Parameter& parameter : parameters) {
            if (!parameter.isTrainable()) continue;
            if (parameter.role == ParameterRole::Weights && parameter.tensor == layer.weights)
                weights = slot;
            if (parameter.role == ParameterRole::Bias && parameter.tensor == layer.bias)
                bias = slot;
            ++slot;
        }
        if (layer.means.empty() || weights == m_slots.size() || bias == m_slots.size()) continue;
        m_pairs.push_back({weights, bias, &layer});
        setBiasScales(m_pairs.back());
    }
}

/// What matters for a centred bias is the size of what it is added to, the layer's outputs.
void Optimizer::setBiasScales(const Pair& pair) {
    const Slot& weights = m_slots[pair.weights];
    Slot& bias = m_slots[pair.bias];
    std::vector<float> centred(bias.value.begin(), bias.value.end());
    for (size_t i = 0; i < weights.value.size(); ++i)
        centred[pair.layer->channelOf(i)] += weights.value[i] * pair.layer->means[i];
    const auto each = static_cast<float>(weights.value.size() / centred.size());
    const float outputs =
        rootMeanSquare(weights.value) * std::sqrt(each) * std::max(pair.layer->deviation, 1e-6f);
    bias.scales = {std::max(std::min(rootMeanSquare(centred), outputs), 1e-6f)};
}

void Optimizer::centreGradients(const Pair& pair) {
    const std::span<float> weights = m_slots[pair.weights].gradient;
    const std::span<const float> bias = m_slots[pair.bias].gradient;
    for (size_t i = 0; i < weights.size(); ++i)
        weights[i] -= pair.layer->means[i] * bias[pair.layer->channelOf(i)];
}

void Optimizer::keepCentred(const Pair& pair, std::span<const float> before) {
    const std::span<const float> weights = m_slots[pair.weights].value;
    const std::span<float> bias = m_slots[pair.bias].value;
    for (size_t i = 0; i < weights.size(); ++i)
        bias[pair.layer->channelOf(i)] -= (weights[i] - before[i]) * pair.layer->means[i];
}

void Optimizer::stepSlot(Slot& slot, double rate) const {
    const auto b1 = static_cast<float>(m_options.momentum);
    const auto b2 = static_cast<float>(m_options.squares);
    const double steps = static_cast<double>(m_steps);
    const bool isAdam = m_options.method == Method::Adam;
    const double bias = isAdam ? 1 - std::pow(m_options.momentum, steps) : 1;
    const auto second = static_cast<float>(isAdam ? 1 - std::pow(m_options.squares, steps) : 1);
    for (size_t first = 0; first < slot.value.size(); first += slot.inner) {
        const double own = double(slot.scales[first / slot.inner % slot.scales.size()]);
        // Descent: the gradient of the scaled values is scaled once more.
        const double scale = isAdam ? own : own * own;
        const Step step{b1, b2, second, static_cast<float>(rate * scale / bias)};
        for (size_t i = first; i < std::min(first + slot.inner, slot.value.size()); ++i)
            if (slot.zero.empty() || !slot.zero[i]) stepValue(slot, i, step);
    }
}

void Optimizer::stepValue(Slot& slot, size_t i, const Step& step) const {
    const float g = slot.gradient[i];
    float& m = slot.momentum[i];
    if (m_options.method == Method::Descent) {
        m = step.momentum * m + g;
        slot.value[i] -= step.length * m;
        return;
    }
    m = step.momentum * m + (1 - step.momentum) * g;
    float& v = slot.squares[i];
    v = step.squares * v + (1 - step.squares) * g * g;
    slot.value[i] -= step.length * m / (std::sqrt(v / step.unbiased) + 1e-8f);
}

void Optimizer::step(double rate) {
    ++m_steps;
    for (const Pair& pair : m_pairs)
        centreGradients(pair);
    m_before.clear();
    for (const Pair& pair : m_pairs) {
        const std::span<const float> value = m_slots[pair.weights].value;
        m_before.insert(m_before.end(), value.begin(), value.end());
    }
    for (Slot& slot : m_slots)
        stepSlot(slot, rate);
    std::span<const float> before = m_before;
    for (const Pair& pair : m_pairs) {
        keepCentred(pair, before);
        before = before.subspan(m_slots[pair.weights].value.size());
    }
}

std::vector<std::span<float>> Optimizer::state() {
    std::vector<std::span<float>> all;
    for (Slot& slot : m_slots)
        for (std::vector<float>* part : {&slot.momentum, &slot.squares})
            all.emplace_back(*part);
    return all;
}

}  // namespace learning
