// SPDX-License-Identifier: GPL-3.0-or-later
// What follows an operator and becomes part of it: an activation, and the scale of its result.
#include <algorithm>
#include <cmath>
#include <limits>

#include "onnx/conversion.h"
#include "onnx/quantization.h"

namespace onnx {

using types::Activation;
using types::DataType;

const Node* Conversion::onlyReader(const std::string& name) const {
    if (m_outputs.contains(name)) return nullptr;
    const auto readers = m_readers.find(name);
    if (readers == m_readers.end() || readers->second.size() != 1) return nullptr;
    return &m_network.nodes[readers->second.front()];
}

bool Conversion::isRead(const std::string& name) const {
    return m_outputs.contains(name) || m_readers.contains(name);
}

std::optional<ActivationScale> Conversion::scaleOfQuantize(const Node& node) const {
    if (node.op != "QuantizeLinear" || !node.hasInput(1)) return std::nullopt;
    const NodeArguments given = arguments(node);
    return scaleOfNode(given, quantizedTypeOf(given));
}

Tail Conversion::tailOf(const Node& node, bool fusesActivation, bool quantizes) const {
    Tail tail;
    tail.name = node.outputs[0];
    for (;;) {
        const Node* next = onlyReader(tail.name);
        if (next == nullptr || next->inputs[0] != tail.name || next->outputs.empty()) return tail;
        const auto index = static_cast<size_t>(next - m_network.nodes.data());
        const auto scale = quantizes ? scaleOfQuantize(*next) : std::nullopt;
        if (scale) {
            tail.scale = scale;
            tail.type = quantizedTypeOf(arguments(*next));
        } else {
            const auto activation = fusedActivationOf(arguments(*next));
            if (!fusesActivation || tail.activation != Activation::None || !activation) return tail;
            tail.activation = *activation;
        }
        tail.name = next->outputs[0];
        tail.nodes.push_back(index);
        if (scale) return tail;
    }
}

std::optional<Activation> fusedActivationOf(const NodeArguments& arguments) {
    if (arguments.node.op == "Relu") return Activation::Relu;
    if (arguments.node.op != "Clip") return std::nullopt;
    const auto [low, high] = clipLimits(arguments);
    if (low == 0.0 && high == 6.0) return Activation::Relu6;
    if (low == 0.0 && std::isinf(high)) return Activation::Relu;
    if (low == -1.0 && high == 1.0) return Activation::ReluN1To1;
    return std::nullopt;
}

std::pair<double, double> clipLimits(const NodeArguments& arguments) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const auto given = [&](const char* name, size_t input, double otherwise) {
        const auto value = arguments.number(name, input);
        // Older exporters write the largest float for "no limit".
        if (!value || std::abs(*value) >= 3.4028e38) return otherwise;
        return *value;
    };
    return {given("min", 1, -kInfinity), given("max", 2, kInfinity)};
}

}  // namespace onnx
