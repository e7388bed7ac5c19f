// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/equalize.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "analysis/real_values.h"
#include "calibration/linear_layer.h"
#include "quantize/layer_pairs.h"
#include "quantize/model_edits.h"

namespace quantize {

using calibration::LinearLayer;
using types::Graph;

namespace {

constexpr int kMaxRounds = 30;
constexpr double kSmallestStep = 1e-3;  ///< equalization ends when all factors change by less
constexpr double kMaxFactor = 100;
constexpr double kSix = 6;
constexpr double kClipped = 0.999;  ///< a channel that reaches this share of 6 counts as clipped

/// State of a pair during equalization.
struct Pair {
    EqualizedPair layers;
    std::vector<double> greatest = {};  ///< per channel: magnitude on the samples
    double reach = 0;                   ///< largest magnitude that scaling may give a channel
};

/// Weights and biases of the layers in pairs, while they change.
class Equalizing {
public:
    explicit Equalizing(FloatModel& model) : m_model(model), m_graph(model.graph) {}

    void run(std::vector<Pair>& pairs) {
        for (const Pair& pair : pairs)
            for (size_t op : {pair.layers.first, pair.layers.second}) {
                m_weights[op] = values(m_graph.ops[op].inputs[1]);
                if (m_graph.ops[op].input(2) >= 0) m_biases[op] = values(m_graph.ops[op].inputs[2]);
            }
        for (int round = 0; round < kMaxRounds; ++round) {
            double moved = 0;
            for (Pair& pair : pairs)
                moved = std::max(moved, balance(pair));
            if (moved < kSmallestStep) break;
        }
        store();
        // The stored scales between the layers no longer apply.
        for (const Pair& pair : pairs)
            for (int32_t tensor : pair.layers.between)
                m_model.stored[static_cast<size_t>(tensor)] = {};
    }

private:
    std::vector<float> values(int32_t tensor) const {
        return analysis::dequantize(m_graph.tensor(tensor), m_graph.constantData(tensor).view());
    }

    /// Calls visit(channel of the first layer, weight) for each weight of both layers of a pair.
    template <typename Visit>
    void eachOfFirst(const Pair& pair, Visit visit) {
        const LinearLayer layer(m_graph, pair.layers.first);
        for (size_t c = 0; c < layer.channels(); ++c)
            for (size_t k = 0; k < layer.taps(); ++k)
                visit(c, m_weights[pair.layers.first][layer.weightAt(c, k)]);
    }
    template <typename Visit>
    void eachOfSecond(const Pair& pair, Visit visit) {
        const size_t channels = LinearLayer(m_graph, pair.layers.first).channels();
        const LinearLayer layer(m_graph, pair.layers.second);
        for (size_t c = 0; c < layer.channels(); ++c)
            for (size_t k = 0; k < layer.taps(); ++k)
                visit(layer.columnAt(c, k) % channels,
                      m_weights[pair.layers.second][layer.weightAt(c, k)]);
    }

    /// Scales every channel of a pair; returns the largest deviation of a factor from 1.
    double balance(Pair& pair) {
        const size_t channels = LinearLayer(m_graph, pair.layers.first).channels();
        std::vector<double> first(channels, 0), second(channels, 0), factors(channels, 1);
        const auto widen = [](std::vector<double>& largest) {
            return [&largest](size_t channel, float weight) {
                largest[channel] = std::max(largest[channel], std::fabs(double{weight}));
            };
        };
        eachOfFirst(pair, widen(first));
        eachOfSecond(pair, widen(second));
        double moved = 0;
        for (size_t c = 0; c < channels; ++c) {
            if (first[c] <= 0 || second[c] <= 0) continue;
            factors[c] = allowed(pair, c, std::sqrt(first[c] / second[c]));
            moved = std::max(moved, std::fabs(factors[c] - 1));
        }
        scale(pair, factors);
        return moved;
    }

    static double allowed(const Pair& pair, size_t channel, double factor) {
        const double greatest = pair.greatest[channel];
        // Clipped values, at or close to 6, do not scale with a factor.
        if (pair.layers.clipped && greatest >= kSix * kClipped) return 1;
        factor = std::clamp(factor, 1 / kMaxFactor, kMaxFactor);
        return std::max(factor, std::min(1.0, greatest / pair.reach));
    }

    void scale(Pair& pair, const std::vector<double>& factors) {
        const auto by = [](float& value, double factor) {
            value = static_cast<float>(double{value} * factor);
        };
        eachOfFirst(pair, [&](size_t c, float& weight) { by(weight, 1 / factors[c]); });
        eachOfSecond(pair, [&](size_t c, float& weight) { by(weight, factors[c]); });
        std::vector<float>& bias = m_biases[pair.layers.first];
        for (size_t c = 0; c < bias.size(); ++c)
            by(bias[c], 1 / factors[c]);
        for (size_t c = 0; c < pair.greatest.size(); ++c)
            pair.greatest[c] /= factors[c];
    }

    void store() {
        ModelEdits edits(m_graph);
        const auto put = [&](size_t op, size_t operand, const std::vector<float>& changed) {
            const int32_t tensor = m_graph.ops[op].input(operand);
            if (tensor < 0) return;
            const types::Tensor& like = m_graph.tensor(tensor);
            edits.setConstant(tensor, like, types::Bytes(analysis::encode(like, changed)));
            m_model.stored[static_cast<size_t>(tensor)] = {};
        };
        for (const auto& [op, weights] : m_weights)
            put(op, 1, weights);
        for (const auto& [op, bias] : m_biases)
            put(op, 2, bias);
        m_graph = edits.finish();
    }

    FloatModel& m_model;
    Graph& m_graph;
    std::map<size_t, std::vector<float>> m_weights, m_biases;
};

/// A channel that a large negative bias silences must not be scaled up either: its bias would need
/// wide codes.
void includeBiases(const Graph& graph, Pair& pair) {
    const int32_t bias = graph.ops[pair.layers.first].input(2);
    if (bias < 0) return;
    const auto values = analysis::dequantize(graph.tensor(bias), graph.constantData(bias).view());
    for (size_t c = 0; c < values.size(); ++c)
        if (!pair.layers.clipped || pair.greatest[c] < kSix * kClipped)
            pair.greatest[c] = std::max(pair.greatest[c], std::fabs(double{values[c]}));
}

/// Measures the magnitude of each channel between the layers, and the limit for it.
types::Result<void> measure(const Graph& graph, std::vector<Pair>& pairs,
                            const CalibrationSet& calibrationSet, const types::Work& work) {
    std::vector<int32_t> tensors;
    for (Pair& pair : pairs) {
        tensors.push_back(pair.layers.between[0]);
        pair.greatest.assign(LinearLayer(graph, pair.layers.first).channels(), 0);
    }
    std::mutex mutex;
    const auto visit = [&](size_t, size_t i, std::span<const float> values) {
        const std::lock_guard lock(mutex);
        auto& greatest = pairs[i].greatest;
        for (size_t k = 0; k < values.size(); ++k)
            greatest[k % greatest.size()] =
                std::max(greatest[k % greatest.size()], std::fabs(double{values[k]}));
    };
    auto ran = calibration::runSamples(graph, tensors, calibrationSet.inputs->samples, visit, work);
    for (Pair& pair : pairs) {
        includeBiases(graph, pair);
        pair.reach = std::max(*std::ranges::max_element(pair.greatest), 1e-6);
        // Leaves room for inputs larger than those of the samples.
        if (pair.layers.clipped) pair.reach = std::min(pair.reach, kSix * 0.8);
    }
    return ran;
}

}  // namespace

types::Result<void> equalize(FloatModel& model, const CalibrationSet& calibrationSet,
                             const types::Work& work, std::vector<std::string>& changes) {
    Equalizing equalizing(model);
    std::vector<Pair> pairs;
    for (EqualizedPair& layers : findLayerPairs(model))
        pairs.push_back({std::move(layers)});
    if (pairs.empty()) {
        changes.push_back("no layers to equalize: none feeds just one other through RELU or RELU6");
        return {};
    }
    const bool ownScales = std::ranges::any_of(pairs, [&](const Pair& pair) {
        return model.stored[static_cast<size_t>(pair.layers.between[0])].quantized();
    });
    if (!calibrationSet.isData && ownScales) {
        changes.push_back(
            "layers not equalized: the ranges are the model's own; choose a calibration dataset");
        return {};
    }
    if (auto done = measure(model.graph, pairs, calibrationSet, work); !done) return done;
    equalizing.run(pairs);
    changes.push_back(std::to_string(pairs.size()) + " pairs of layers equalized");
    return {};
}

}  // namespace quantize
