// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Random small graphs for property tests: branches, sums, concatenations, gates, grouped and
// multiplied convolutions, transpositions and flattening, in any order, from a seed.

#include <vector>

#include "zoo/graph_builder.h"

namespace surgery {

enum class Layers {
    All,
    Plain,  ///< convolutions of every sort, sums, pools, padding: what any runtime has kernels for
};

class RandomGraph {
public:
    RandomGraph(uint64_t seed, zoo::Precision precision, Layers layers = Layers::All)
        : m_choice(seed * 7919 + 1), m_build("random", precision, seed), m_layers(layers) {}

    types::Result<types::GraphPtr> make(int layers) {
        using zoo::Value;
        m_values = {m_build.input({1, 6, 6, pick(1, 4)})};
        m_values.push_back(m_build.conv(m_values[0], pick(2, 9), 3));
        for (int i = 0; i < layers; ++i)
            m_values.push_back(nextLayer());
        return m_build.finish({head(m_values.back())});
    }

private:
    using Value = zoo::Value;

    int32_t pick(int32_t low, int32_t high) {
        return low + static_cast<int32_t>(m_choice.next() % static_cast<uint64_t>(high - low + 1));
    }
    Value anyValue() {
        return m_values[static_cast<size_t>(pick(1, static_cast<int32_t>(m_values.size()) - 1))];
    }
    int32_t channels(Value x) { return m_build.shape(x)[3]; }

    Value nextLayer() {
        const Value x = pick(0, 2) == 0 ? anyValue() : m_values.back();
        switch (pick(0, m_layers == Layers::All ? 10 : 5)) {
            case 0:
                return m_build.depthwise(x, 3, 1, zoo::Padding::Same, zoo::Activation::Relu,
                                         pick(1, 2));
            case 1:
                return m_build.add(x, m_build.conv(x, channels(x), 3), zoo::Activation::Relu);
            case 2:
                return m_build.groupedConv(evenChannels(x), 2 * pick(1, 4), 2, 3);
            case 3:
                return m_build.maxPool(x, 3, 1, zoo::Padding::Same);
            case 4:
                return padded(x);
            case 6:
                return m_build.concat({x, anyValue(), m_build.conv(x, pick(1, 5), 1)});
            case 7:
                return gated(x);
            case 8:
                return shuffled(evenChannels(x));
            case 9:
                return scaled(x);
            case 10:
                return m_build.unary(types::OpKind::RELU6, x);
            default:
                return m_build.conv(x, pick(2, 12), pick(0, 1) ? 1 : 3, 1, zoo::Padding::Same,
                                    zoo::Activation::Relu);
        }
    }

    Value evenChannels(Value x) {
        return channels(x) % 2 == 0 ? x : m_build.conv(x, 2 * pick(1, 4), 1);
    }

    /// Squeeze and excitation.
    Value gated(Value x) {
        Value gate = m_build.mean(x, {1, 2}, true);
        gate = m_build.conv(gate, pick(2, 5), 1, 1, zoo::Padding::Same, zoo::Activation::Relu);
        gate = m_build.unary(types::OpKind::LOGISTIC, m_build.conv(gate, channels(x), 1));
        return m_build.mul(x, gate);
    }

    Value padded(Value x) {
        x = m_build.pad(x, {{0, 0}, {1, 1}, {1, 1}, {0, 0}});
        return m_build.conv(x, pick(2, 8), 3, 1, zoo::Padding::Valid);
    }

    Value shuffled(Value x) {
        const int32_t half = channels(x) / 2;
        x = m_build.reshape(x, {1, 6, 6, 2, half});
        x = m_build.transpose(x, {0, 1, 2, 4, 3});
        return m_build.reshape(x, {1, 6, 6, 2 * half});
    }

    Value scaled(Value x) {
        std::vector<float> scales(static_cast<size_t>(channels(x)));
        for (float& scale : scales)
            scale = static_cast<float>(0.5 + 0.25 * m_choice.normal());
        return m_build.mul(x, m_build.constant({1, 1, 1, channels(x)}, scales));
    }

    Value head(Value x) {
        switch (pick(0, 3)) {
            case 0:
                x = m_build.flatten(x);
                break;
            case 1:
                x = m_build.mean(x, {1, 2});
                break;
            case 2:
                x = m_build.squeeze(m_build.averagePool(x, 6, 6), {1, 2});
                break;
            default:
                x = m_build.mean(m_build.transpose(x, {0, 3, 1, 2}), {2, 3});
        }
        x = m_build.fullyConnected(x, pick(3, 9), zoo::Activation::Relu);
        return m_build.softmax(m_build.fullyConnected(x, 4));
    }

    zoo::RandomWeights m_choice;
    zoo::GraphBuilder m_build;
    Layers m_layers;
    std::vector<Value> m_values;
};

}  // namespace surgery
