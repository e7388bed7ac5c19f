// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/fuse_nodes.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "onnx/array_math.h"
#include "onnx/evaluate_node.h"

namespace onnx {
namespace {

using types::DataType;
using types::Shape;

/// channel -> factor * channel + summand.
struct Affine {
    std::vector<double> factor, summand;
};

class Fusion {
public:
    explicit Fusion(OnnxNetwork& network) : m_network(network) {
        for (size_t n = 0; n < network.nodes.size(); ++n) {
            for (const std::string& name : network.nodes[n].inputs)
                ++m_reads[name];
            for (const std::string& name : network.nodes[n].outputs)
                m_writers[name] = n;
        }
        for (const std::string& name : network.outputs)
            m_reads[name] += 2;
    }

    void run() {
        for (size_t n = 0; n < m_network.nodes.size(); ++n) {
            Node& node = m_network.nodes[n];
            if (fusePad(node) || fuseHardSwish(node)) continue;
            const auto [layer, affine] = affineBehindLayer(node);
            if (layer != nullptr && takes(*layer, affine)) adopt(*layer, node);
        }
        std::erase_if(m_network.nodes, [](const Node& node) { return node.outputs.empty(); });
    }

private:
    /// The node that writes a name which only one node reads.
    Node* soleWriter(const std::string& name) {
        const auto writer = m_writers.find(name);
        if (writer == m_writers.end() || m_reads[name] != 1) return nullptr;
        return &m_network.nodes[writer->second];
    }
    const ConstantArray* constant(const std::string& name) const {
        const auto found = m_network.constants.find(name);
        return found == m_network.constants.end() ? nullptr : &found->second;
    }
    const ConstantArray* constantInput(const Node& node, size_t i) const {
        return node.hasInput(i) ? constant(node.inputs[i]) : nullptr;
    }

    /// `layer` writes what `node` wrote, and `node` is gone.
    void adopt(Node& layer, Node& node) {
        const auto n = static_cast<size_t>(&layer - m_network.nodes.data());
        m_writers[node.outputs[0]] = n;
        layer.outputs[0] = node.outputs[0];
        node.outputs.clear();
        node.inputs.clear();
    }

    static bool isLayer(const Node& node) {
        return node.domain.empty() && (node.op == "Conv" || node.op == "ConvTranspose" ||
                                       node.op == "Gemm" || node.op == "MatMul");
    }

    int32_t channelsOf(const Node& layer) const {
        const ConstantArray* weights = constantInput(layer, 1);
        if (weights == nullptr || weights->type != DataType::Float32 || weights->shape.size() < 2)
            return 0;
        const Shape& s = weights->shape;
        if (layer.op == "Conv") return s[0];
        if (layer.op == "ConvTranspose") {
            const int64_t groups = layer.integer("group", 1);
            const bool isSane = groups > 0 && groups <= s[0] && s[0] % groups == 0;
            return isSane ? static_cast<int32_t>(std::min<int64_t>(s[1] * groups, 1 << 24)) : 0;
        }
        if (s.size() != 2) return 0;
        const bool isPlain = layer.real("alpha", 1) == 1.0f && layer.real("beta", 1) == 1.0f;
        if (!isPlain) return 0;
        return layer.integer("transB", 0) != 0 ? s[0] : s[1];
    }

    /// A constant with one number per channel behind `layer`, or one number.
    std::optional<std::vector<double>> channelNumbers(const Node& layer, const ConstantArray* array,
                                                      int32_t channels) const {
        if (array == nullptr || array->type != DataType::Float32 || channels == 0)
            return std::nullopt;
        if (array->elements() == 1)
            return std::vector<double>(static_cast<size_t>(channels), array->at(0));
        if (array->elements() != channels) return std::nullopt;
        const ConstantArray* weights = constantInput(layer, 1);
        const bool isWindow = layer.op == "Conv" || layer.op == "ConvTranspose";
        const size_t rank = isWindow ? weights->shape.size() : 2;
        const size_t behind = isWindow ? rank - 2 : 0;  // axes behind the channels
        const Shape& s = array->shape;
        const bool isPlaced =
            s.size() > behind && s[s.size() - 1 - behind] == channels && s.size() <= rank;
        return isPlaced ? std::optional(*array->values) : std::nullopt;
    }

    std::optional<Affine> batchNorm(const Node& node, int32_t channels) const {
        const ConstantArray *gamma = constantInput(node, 1), *beta = constantInput(node, 2);
        const ConstantArray *mean = constantInput(node, 3), *variance = constantInput(node, 4);
        for (const ConstantArray* array : {gamma, beta, mean, variance})
            if (array == nullptr || array->elements() != channels) return std::nullopt;
        if (node.integer("training_mode", 0) != 0) return std::nullopt;
        Affine affine;
        const double epsilon = static_cast<double>(node.real("epsilon", 1e-5f));
        for (size_t i = 0; i < gamma->values->size(); ++i) {
            affine.factor.push_back(gamma->at(i) / std::sqrt(variance->at(i) + epsilon));
            affine.summand.push_back(beta->at(i) - mean->at(i) * affine.factor[i]);
        }
        return affine;
    }

    /// Add, Sub, Mul, Div with a constant.
    std::optional<Affine> arithmetic(const Node& node, const Node& layer, size_t constantAt,
                                     int32_t channels) const {
        const bool commutes = node.op == "Add" || node.op == "Mul";
        if (!commutes && !((node.op == "Sub" || node.op == "Div") && constantAt == 1))
            return std::nullopt;
        auto numbers = channelNumbers(layer, constantInput(node, constantAt), channels);
        if (!numbers) return std::nullopt;
        if (node.op == "Sub")
            for (double& number : *numbers)
                number = -number;
        if (node.op == "Div")
            for (double& number : *numbers)
                number = 1.0 / number;
        const size_t count = numbers->size();
        const bool isSum = node.op == "Add" || node.op == "Sub";
        if (isSum) return Affine{std::vector<double>(count, 1.0), std::move(*numbers)};
        return Affine{std::move(*numbers), std::vector<double>(count, 0.0)};
    }

    std::pair<Node*, Affine> affineBehindLayer(const Node& node) {
        if (!node.domain.empty() || node.inputs.size() < 2) return {nullptr, {}};
        const bool isNorm = node.op == "BatchNormalization";
        const size_t at = !isNorm && constantInput(node, 0) != nullptr ? 1 : 0;
        Node* layer = soleWriter(node.inputs[at]);
        if (layer == nullptr || !isLayer(*layer)) return {nullptr, {}};
        if (!isNorm && node.inputs.size() != 2) return {nullptr, {}};
        const int32_t channels = channelsOf(*layer);
        const auto affine = channels == 0 ? std::nullopt
                            : isNorm      ? batchNorm(node, channels)
                                          : arithmetic(node, *layer, 1 - at, channels);
        if (!affine) return {nullptr, {}};
        for (const auto* numbers : {&affine->factor, &affine->summand})
            for (double number : *numbers)
                if (!std::isfinite(number)) return {nullptr, {}};
        return {layer, *affine};
    }

    /// The channel of each weight, by the layer's layout.
    static std::vector<size_t> weightChannels(const Node& layer, const Shape& s) {
        std::vector<size_t> channels;
        const auto inner = static_cast<size_t>(types::elementCount(s)) /
                           (static_cast<size_t>(s[0]) * static_cast<size_t>(s[1]));
        const int64_t groups = layer.integer("group", 1);
        for (int32_t i = 0; i < s[0]; ++i)
            for (int32_t j = 0; j < s[1]; ++j) {
                auto channel = static_cast<size_t>(j);
                if (layer.op == "Conv" || layer.integer("transB", 0) != 0)
                    channel = static_cast<size_t>(i);
                if (layer.op == "ConvTranspose")
                    channel += static_cast<size_t>(i / (s[0] / groups)) * static_cast<size_t>(s[1]);
                channels.insert(channels.end(), inner, channel);
            }
        return channels;
    }

    bool takes(Node& layer, const Affine& affine) {
        const ConstantArray weights = *constantInput(layer, 1);
        const size_t channels = affine.factor.size();
        if (weights.elements() == 0) return false;
        std::vector<double> bias(channels, 0.0);
        if (layer.hasInput(2)) {
            const ConstantArray* old = constantInput(layer, 2);
            if (old == nullptr || (old->elements() != 1 && old->values->size() != channels))
                return false;
            if (!old->shape.empty() && old->elements() != 1 &&
                old->shape.back() != static_cast<int32_t>(channels))
                return false;
            for (size_t c = 0; c < channels; ++c)
                bias[c] = old->at(old->elements() == 1 ? 0 : c);
        }
        for (size_t c = 0; c < channels; ++c)
            bias[c] = asFloat(bias[c] * affine.factor[c] + affine.summand[c]);
        const bool scales = std::any_of(affine.factor.begin(), affine.factor.end(),
                                        [](double f) { return f != 1.0; });
        if (scales) {
            const auto channelOf = weightChannels(layer, weights.shape);
            std::vector<double> values;
            for (size_t i = 0; i < channelOf.size(); ++i)
                values.push_back(asFloat(weights.at(i) * affine.factor[channelOf[i]]));
            layer.inputs[1] =
                added(layer.inputs[1], makeArray(DataType::Float32, weights.shape, values));
        }
        layer.inputs.resize(3);
        const auto count = static_cast<int32_t>(channels);
        layer.inputs[2] =
            added(layer.outputs[0] + "/bias", makeArray(DataType::Float32, {count}, bias));
        return true;
    }

    std::string added(const std::string& stem, ConstantArray array) {
        const std::string name = m_network.freshName(stem);
        m_network.constants[name] = std::move(array);
        ++m_reads[name];
        return name;
    }

    /// Zeros around height and width only.
    bool fusePad(Node& conv) {
        if (conv.op != "Conv" || !conv.hasInput(0)) return false;
        Node* pad = soleWriter(conv.inputs[0]);
        const bool isFree = conv.text("auto_pad", "NOTSET") == "NOTSET";
        if (pad == nullptr || pad->op != "Pad" || !isFree || pad->hasInput(3)) return false;
        if (pad->text("mode", "constant") != "constant") return false;
        NodeArguments arguments{*pad, m_network.opset, {}};
        for (const std::string& name : pad->inputs)
            arguments.constants.push_back(constant(name));
        const bool isConstant = pad->find("pads") != nullptr || arguments.constant(1) != nullptr;
        if (!isConstant || (pad->hasInput(2) && arguments.constant(2) == nullptr)) return false;
        if (arguments.number("value", 2).value_or(0.0) != 0.0) return false;
        const auto pads = *arguments.ints("pads", 1);
        const size_t rank = pads.size() / 2, axes = rank - 2;
        if (pads.size() % 2 != 0 || rank < 3) return false;
        if (pads[0] != 0 || pads[1] != 0 || pads[rank] != 0 || pads[rank + 1] != 0) return false;
        auto own = conv.integers("pads");
        own.resize(2 * axes, 0);
        for (size_t axis = 0; axis < axes; ++axis) {
            if (pads[2 + axis] < 0 || pads[rank + 2 + axis] < 0) return false;
            own[axis] += pads[2 + axis];
            own[axes + axis] += pads[rank + 2 + axis];
        }
        conv.attributes["pads"].integers = own;
        conv.inputs[0] = pad->inputs[0];
        pad->outputs.clear();
        pad->inputs.clear();
        return true;
    }

    /// Mul(x, HardSigmoid(x)) with alpha 1/6 and beta 1/2.
    bool fuseHardSwish(Node& mul) {
        if (mul.op != "Mul" || !mul.domain.empty() || mul.inputs.size() != 2) return false;
        for (size_t i : {size_t{0}, size_t{1}}) {
            Node* gate = soleWriter(mul.inputs[i]);
            const bool isGate = gate != nullptr && gate->op == "HardSigmoid" &&
                                gate->inputs.size() == 1 && gate->inputs[0] == mul.inputs[1 - i] &&
                                std::abs(gate->real("alpha", 0.2f) - 1.0f / 6) < 1e-6f &&
                                gate->real("beta", 0.5f) == 0.5f;
            if (!isGate) continue;
            mul.op = "HardSwish";
            mul.inputs = {gate->inputs[0]};
            --m_reads[mul.inputs[0]];
            gate->outputs.clear();
            gate->inputs.clear();
            return true;
        }
        return false;
    }

    OnnxNetwork& m_network;
    std::map<std::string, int> m_reads;
    std::map<std::string, size_t> m_writers;
};

}  // namespace

void fuseNodes(OnnxNetwork& network) {
    Fusion(network).run();
}

}  // namespace onnx
