// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/optimizer.h"

#include <algorithm>
#include <cmath>

namespace learning {

using types::Graph;
using types::Op;
using types::OpKind;

namespace {

/// Steps of tensors with smaller values, such as biases of 0, are scaled by this.
constexpr float kLeastScale = 0.01f;

float rootMeanSquare(std::span<const float> values) {
    double sum = 0;
    for (float value : values)
        sum += double(value) * double(value);
    return static_cast<float>(std::sqrt(sum / double(std::max<size_t>(values.size(), 1))));
}

}  // namespace

Optimizer::Optimizer(std::span<const Parameter> parameters, OptimizerOptions options)
    : m_options(std::move(options)) {
    for (const Parameter& parameter : parameters) {
        if (!parameter.isTrainable()) continue;
        Slot slot{parameter.value, parameter.gradient, 1, {}, {}, {}};
        slot.momentum.resize(parameter.value.size());
        if (m_options.method == Method::Adam) slot.squares.resize(parameter.value.size());
        if (m_options.keepZeros && parameter.role == ParameterRole::Weights)
            for (float value : parameter.value)
                slot.zero.push_back(value == 0);
        if (m_options.centring && parameter.role != ParameterRole::Range) {
            if (parameter.tensor == m_options.centring->weights) m_weights = m_slots.size();
            if (parameter.tensor == m_options.centring->bias) m_bias = m_slots.size();
        }
        m_slots.push_back(std::move(slot));
    }
    if (!m_weights || !m_bias) m_options.centring.reset();
    centre(true);
    for (Slot& slot : m_slots)
        slot.scale = std::max(rootMeanSquare(slot.value), kLeastScale);
    if (m_options.centring) {
        // The centred biases may be as large as the mean makes them; what matters is the size of
        // what they are added to, the layer's outputs.
        Slot& bias = m_slots[*m_bias];
        const Slot& weights = m_slots[*m_weights];
        const size_t each = weights.value.size() / bias.value.size();
        bias.scale = std::min(bias.scale, weights.scale * std::sqrt(static_cast<float>(each)));
    }
    centre(false);
}

void Optimizer::centre(bool intoCentred) {
    if (!m_options.centring) return;
    const Centring& c = *m_options.centring;
    const std::span<float> weights = m_slots[*m_weights].value, bias = m_slots[*m_bias].value;
    const size_t channels = bias.size(), each = weights.size() / channels;
    if (!intoCentred)
        for (float& weight : weights)
            weight /= c.deviation;
    for (size_t o = 0; o < channels; ++o) {
        double sum = 0;
        for (size_t i = 0; i < each; ++i)
            sum += double(weights[c.channelsLast ? i * channels + o : o * each + i]);
        bias[o] += static_cast<float>((intoCentred ? sum : -sum) * double(c.mean));
    }
    if (intoCentred)
        for (float& weight : weights)
            weight *= c.deviation;
}

void Optimizer::centreGradients() {
    if (!m_options.centring) return;
    const Centring& c = *m_options.centring;
    const std::span<float> weights = m_slots[*m_weights].gradient, bias = m_slots[*m_bias].gradient;
    const size_t channels = bias.size(), each = weights.size() / channels;
    for (size_t o = 0; o < channels; ++o)
        for (size_t i = 0; i < each; ++i) {
            float& gradient = weights[c.channelsLast ? i * channels + o : o * each + i];
            gradient = (gradient - c.mean * bias[o]) / c.deviation;
        }
}

void Optimizer::stepSlot(Slot& slot, double rate) const {
    const auto b1 = static_cast<float>(m_options.momentum);
    const auto b2 = static_cast<float>(m_options.squares);
    const double steps = static_cast<double>(m_steps);
    const bool isAdam = m_options.method == Method::Adam;
    const double first = isAdam ? 1 - std::pow(m_options.momentum, steps) : 1;
    const auto second = static_cast<float>(isAdam ? 1 - std::pow(m_options.squares, steps) : 1);
    // Descent: the gradient of the scaled values is scaled once more.
    const double scale = isAdam ? slot.scale : double(slot.scale) * slot.scale;
    const auto length = static_cast<float>(rate * scale / first);
    for (size_t i = 0; i < slot.value.size(); ++i) {
        if (!slot.zero.empty() && slot.zero[i]) continue;
        const float g = slot.gradient[i];
        float& m = slot.momentum[i];
        m = isAdam ? b1 * m + (1 - b1) * g : b1 * m + g;
        if (isAdam) {
            float& v = slot.squares[i];
            v = b2 * v + (1 - b2) * g * g;
            slot.value[i] -= length * m / (std::sqrt(v / second) + 1e-8f);
        } else {
            slot.value[i] -= length * m;
        }
    }
}

void Optimizer::step(double rate) {
    ++m_steps;
    centreGradients();
    centre(true);
    for (Slot& slot : m_slots)
        stepSlot(slot, rate);
    centre(false);
}

std::vector<std::span<float>> Optimizer::state() {
    std::vector<std::span<float>> all;
    for (Slot& slot : m_slots)
        for (std::vector<float>* part : {&slot.momentum, &slot.squares})
            all.emplace_back(*part);
    return all;
}

std::optional<Centring> centringOf(const Graph& graph) {
    if (graph.inputs.size() != 1) return std::nullopt;
    int32_t read = graph.inputs[0];
    for (size_t hops = 0; hops < graph.ops.size(); ++hops) {
        const Op* reader = nullptr;
        for (const Op& op : graph.ops)
            if (std::find(op.inputs.begin(), op.inputs.end(), read) != op.inputs.end()) {
                if (reader) return std::nullopt;
                reader = &op;
            }
        if (!reader) return std::nullopt;
        if (reader->kind == OpKind::RESHAPE) {
            read = reader->outputs[0];
            continue;
        }
        const bool isDepthwise = reader->kind == OpKind::DEPTHWISE_CONV_2D;
        const bool isLayer = isDepthwise || reader->kind == OpKind::CONV_2D ||
                             reader->kind == OpKind::FULLY_CONNECTED;
        if (!isLayer || reader->inputs.size() < 3 || reader->inputs[0] != read ||
            reader->inputs[2] < 0)
            return std::nullopt;
        return Centring{reader->inputs[1], reader->inputs[2], isDepthwise, 0, 1};
    }
    return std::nullopt;
}

}  // namespace learning
