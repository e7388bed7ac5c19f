// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/simulated_rounding.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "learning/kernels/element_loops.h"
#include "quantize/activation_scales.h"

namespace learning {

using quantize::CodePlan;
using types::Result;

namespace {

/// Share of a step's range in the moving average.
constexpr double kFollow = 0.05;

/// Codes of biases stay below this (quantize/weight_codes.h).
double mostBias(types::DataType type) {
    return type == types::DataType::Int32 ? 0x1p30 : 0x1p46;
}

}  // namespace

Result<SimulatedRounding> SimulatedRounding::create(const types::Graph& graph,
                                                    const NetworkPlan& plan, size_t batch,
                                                    const RoundingOptions& options) {
    auto codes = quantize::planCodes(graph, options.variation, options.inputs, options.scales, {});
    if (!codes) return tl::unexpected(codes.error());
    SimulatedRounding result;
    result.m_groups = plan.groups;
    result.addClasses(*codes, plan, batch, options.learnRanges);
    result.addLayers(graph, *codes);
    result.m_logarithms = Floats(result.m_count);
    result.m_slopes = Floats(plan.groups * result.m_count);
    for (const ScaleClass& one : result.m_classes)
        if (one.learned) result.logarithms()[one.index] = std::log(one.scale);
    for (const Layer& layer : result.m_layers)
        for (size_t c = 0; layer.learned && c < layer.codes.scales.size(); ++c)
            result.logarithms()[layer.index + c] = std::log(layer.codes.scales[c]);
    result.m_low.assign(plan.groups * result.m_classes.size(), 0);
    result.m_high = result.m_low;
    return result;
}

void SimulatedRounding::addClasses(const CodePlan& codes, const NetworkPlan& plan, size_t batch,
                                   bool learn) {
    std::map<int32_t, size_t> places;
    for (const auto& [tensor, codesOf] : codes.activations) {
        const auto [place, isNew] = places.emplace(codesOf.scaleClass, m_classes.size());
        if (isNew) {
            const auto [lowest, highest] = types::codeRange(codesOf.type);
            const auto zero = static_cast<float>(codesOf.quantization.firstZeroPoint());
            ScaleClass one;
            one.scale = codesOf.quantization.scale[0];
            one.zeroPoint = zero;
            one.lowest = static_cast<float>(lowest) - zero;
            one.highest = static_cast<float>(highest) - zero;
            one.type = codesOf.type;
            m_classes.push_back(one);
        }
        const size_t values = plan.slots[static_cast<size_t>(tensor)].size;
        ScaleClass& one = m_classes[place->second];
        one.values += values;
        const bool changes = !codesOf.isFixed && plan.gradients[static_cast<size_t>(tensor)];
        if (changes && learn && !one.learned) one.learned = true, one.index = m_count++;
        one.follows = one.follows || (changes && !learn);
        m_activations.emplace(tensor, Activation{place->second, Floats(batch * values), {}});
    }
}

void SimulatedRounding::addLayers(const types::Graph& graph, const CodePlan& codes) {
    for (const auto& [op, codesOf] : codes.layers) {
        Layer layer;
        layer.codes = codesOf;
        layer.weights = graph.ops[op].inputs[codesOf.roles.weights];
        layer.bias = graph.ops[op].input(codesOf.roles.bias);
        layer.input = graph.ops[op].inputs[codesOf.roles.input];
        layer.output = graph.ops[op].outputs[0];
        if (!m_activations.contains(layer.input)) continue;
        layer.learned = codesOf.weightType == types::DataType::Int4;
        if (layer.learned) {
            layer.index = m_count;
            m_count += codesOf.scales.size();
        }
        m_layers.push_back(std::move(layer));
    }
}

void SimulatedRounding::place(NetworkPlan& plan) {
    const auto use = [&](int32_t tensor, std::span<float>& master, Floats& rounded) {
        Slot& slot = plan.slots[static_cast<size_t>(tensor)];
        if (slot.value == nullptr) return;
        master = {slot.value, slot.size};
        rounded = Floats(slot.size);
        slot.value = rounded.data();
    };
    for (Layer& layer : m_layers) {
        use(layer.weights, layer.master, layer.rounded);
        if (layer.bias >= 0) use(layer.bias, layer.masterBias, layer.roundedBias);
        for (const Parameter& parameter : plan.parameters)
            if (parameter.tensor == layer.weights && parameter.isTrainable())
                layer.gradient = parameter.gradient;
        if (layer.learned && !layer.gradient.empty())
            plan.parameters.push_back({layer.weights,
                                       "scales of weights",
                                       ParameterRole::Range,
                                       {logarithms() + layer.index, layer.codes.scales.size()},
                                       {&slope(0, layer.index), layer.codes.scales.size()},
                                       {}});
    }
    for (size_t i = 0; i < m_classes.size(); ++i) {
        if (!m_classes[i].learned) continue;
        const auto owner = std::ranges::find_if(
            m_activations, [&](const auto& one) { return one.second.scaleClass == i; });
        plan.parameters.push_back({owner->first,
                                   "scale of activations",
                                   ParameterRole::Range,
                                   {logarithms() + m_classes[i].index, 1},
                                   {&slope(0, m_classes[i].index), 1},
                                   {}});
    }
}

// ---- Forwards --------------------------------------------------------------------------------

void SimulatedRounding::chooseScales(Layer& layer) const {
    auto& scales = layer.codes.scales;
    if (layer.learned) {
        for (size_t c = 0; c < scales.size(); ++c)
            scales[c] = std::exp(m_logarithms.data()[layer.index + c]);
        return;
    }
    std::vector<float> largest(scales.size(), 0.0f);
    for (size_t i = 0; i < layer.master.size(); ++i) {
        float& most = largest[scales.size() == 1 ? 0 : layer.codes.channelOf(i)];
        most = std::max(most, std::fabs(layer.master[i]));
    }
    const float ordinary = std::max(*std::ranges::max_element(largest), 1e-6f);
    for (size_t c = 0; c < scales.size(); ++c)
        scales[c] = (largest[c] > 0 ? largest[c] : ordinary) / layer.codes.limit();
}

/// Widens scales whose bias codes would overflow.
void SimulatedRounding::makeRoom(Layer& layer) const {
    auto& scales = layer.codes.scales;
    const double largest = double{layer.codes.inputScale} * mostBias(layer.codes.biasType);
    for (size_t c = 0; c < layer.masterBias.size(); ++c) {
        float& scale = scales[scales.size() == 1 ? 0 : c];
        scale =
            std::max(scale, static_cast<float>(std::fabs(double{layer.masterBias[c]}) / largest));
    }
}

void SimulatedRounding::roundLayer(Layer& layer) const {
    layer.codes.inputScale = m_classes[m_activations.at(layer.input).scaleClass].scale;
    chooseScales(layer);
    makeRoom(layer);
    for (size_t i = 0; i < layer.master.size(); ++i)
        layer.rounded.data()[i] =
            layer.codes.codeOf(i, double{layer.master[i]}) * layer.codes.scaleOf(i);
    for (size_t c = 0; c < layer.masterBias.size(); ++c) {
        const double step = double{layer.codes.inputScale} *
                            layer.codes.scales[layer.codes.scales.size() == 1 ? 0 : c];
        layer.roundedBias.data()[c] =
            static_cast<float>(std::round(double{layer.masterBias[c]} / step) * step);
    }
}

/// A factor f * 2^-n with f from 1/2 to 1 rounds the product with f first, and then the division by
/// 2^n (runtime/fixed_point.h).
void SimulatedRounding::setResolutions(const Layer& layer) {
    const auto output = m_activations.find(layer.output);
    if (output == m_activations.end()) return;
    const ScaleClass& one = m_classes[output->second.scaleClass];
    if (one.type != types::DataType::Int8) return;
    auto& resolutions = output->second.resolutions;
    resolutions.resize(layer.codes.channels);
    for (size_t c = 0; c < resolutions.size(); ++c) {
        const float scale = layer.codes.scales[layer.codes.scales.size() == 1 ? 0 : c];
        int exponent = 0;
        std::frexp(double{layer.codes.inputScale} * scale / one.scale, &exponent);
        resolutions[c] = std::ldexp(1.0f, std::max(-exponent, 0));
    }
}

void SimulatedRounding::beginStep() {
    for (ScaleClass& one : m_classes)
        if (one.learned) one.scale = std::exp(logarithms()[one.index]);
    for (Layer& layer : m_layers)
        if (!layer.master.empty()) {
            roundLayer(layer);
            setResolutions(layer);
        }
    std::ranges::fill(m_low, 0.0f);
    std::ranges::fill(m_high, 0.0f);
}

void SimulatedRounding::forward(int32_t tensor, const Slot& slot, const Chunk& chunk) {
    const auto found = m_activations.find(tensor);
    if (found == m_activations.end() || slot.value == nullptr) return;
    const ScaleClass& one = m_classes[found->second.scaleClass];
    float* values = slot.values(chunk);
    const size_t count = chunk.count * slot.size;
    std::copy_n(values, count, found->second.before.data() + chunk.first * slot.size);
    if (one.follows && count > 0) {
        const size_t at = chunk.group * m_classes.size() + found->second.scaleClass;
        const auto [low, high] = std::minmax_element(values, values + count);
        m_low[at] = std::min(m_low[at], *low);
        m_high[at] = std::max(m_high[at], *high);
    }
    const auto& resolutions = found->second.resolutions;
    roundToSteps(values, count,
                 {one.scale, one.lowest, one.highest,
                  resolutions.empty() ? nullptr : resolutions.data(), resolutions.size()});
}

// ---- Backwards -------------------------------------------------------------------------------

void SimulatedRounding::beginBackward() {
    std::fill_n(m_slopes.data(), m_groups * m_count, 0.0f);
}

void SimulatedRounding::backward(int32_t tensor, const Slot& slot, const Chunk& chunk) {
    const auto found = m_activations.find(tensor);
    if (found == m_activations.end() || slot.value == nullptr) return;
    const ScaleClass& one = m_classes[found->second.scaleClass];
    const float* before = found->second.before.data() + chunk.first * slot.size;
    const size_t count = chunk.count * slot.size;
    if (slot.gradient != nullptr) {
        float* gradient = slot.gradients(chunk);
        const float* rounded = slot.values(chunk);
        const float low = one.lowest * one.scale, high = one.highest * one.scale;
        double sum = 0;
        for (size_t i = 0; i < count; ++i) {
            const bool inside = before[i] >= low && before[i] <= high;
            // s times the derivative with respect to s.
            const float change = inside ? rounded[i] - before[i] : rounded[i];
            sum += double{gradient[i]} * double{change};
            if (!inside) gradient[i] = 0;
        }
        if (one.learned) slope(chunk.group, one.index) += static_cast<float>(sum);
    }
    std::copy_n(before, count, slot.values(chunk));
}

void SimulatedRounding::finish(size_t samples) {
    for (size_t group = 1; group < m_groups; ++group)
        for (size_t i = 0; i < m_count; ++i)
            slope(0, i) += slope(group, i);
    for (const ScaleClass& one : m_classes)
        if (one.learned)
            slope(0, one.index) /=
                std::sqrt(static_cast<float>(one.values * samples) * (one.highest - one.lowest));
    for (Layer& layer : m_layers)
        if (layer.learned && !layer.gradient.empty()) learnWeightScales(layer);
    follow();
}

void SimulatedRounding::learnWeightScales(Layer& layer) {
    const size_t scales = layer.codes.scales.size();
    const float limit = layer.codes.limit();
    for (size_t i = 0; i < layer.master.size(); ++i) {
        const size_t scale = layer.index + (scales == 1 ? 0 : layer.codes.channelOf(i));
        const float rounded = layer.rounded.data()[i];
        const bool inside = std::fabs(layer.master[i]) <= limit * layer.codes.scaleOf(i);
        slope(0, scale) += layer.gradient[i] * (inside ? rounded - layer.master[i] : rounded);
        if (!inside) layer.gradient[i] = 0;
    }
    const auto each = static_cast<float>(layer.master.size() / scales);
    for (size_t c = 0; c < scales; ++c)
        slope(0, layer.index + c) /= std::sqrt(each * limit);
}

/// Moves the ranges of activations towards what this step has seen.
void SimulatedRounding::follow() {
    for (size_t i = 0; i < m_classes.size(); ++i) {
        ScaleClass& one = m_classes[i];
        if (!one.follows) continue;
        double low = 0, high = 0;
        for (size_t group = 0; group < m_groups; ++group) {
            low = std::min(low, double{m_low[group * m_classes.size() + i]});
            high = std::max(high, double{m_high[group * m_classes.size() + i]});
        }
        const double scale = double{one.scale};
        low = (1 - kFollow) * one.lowest * scale + kFollow * low;
        high = (1 - kFollow) * one.highest * scale + kFollow * high;
        const types::Quantization moved = quantize::scaleFor({low, high}, one.type);
        const float zero = static_cast<float>(moved.firstZeroPoint());
        one.lowest += one.zeroPoint - zero;
        one.highest += one.zeroPoint - zero;
        one.zeroPoint = zero;
        one.scale = moved.scale[0];
    }
}

quantize::LearnedScales SimulatedRounding::scales() const {
    quantize::LearnedScales result;
    for (const auto& [tensor, activation] : m_activations) {
        const ScaleClass& one = m_classes[activation.scaleClass];
        const double scale = double{one.scale};
        // The range of 16-bit codes is symmetric.
        const double low = one.type == types::DataType::Int16 ? -one.highest : one.lowest;
        result.activations[tensor] = {low * scale, one.highest * scale};
    }
    for (const Layer& layer : m_layers)
        result.weights[layer.weights] = layer.codes.scales;
    return result;
}

}  // namespace learning
