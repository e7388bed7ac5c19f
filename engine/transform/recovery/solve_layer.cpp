// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/solve_layer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "calibration/linear_layer.h"
#include "learning/kernels/products.h"
#include "transform/recovery/layer_weights.h"

namespace transform {

using calibration::LinearLayer;
using types::Activation;
using types::Graph;

namespace {

void setClamp(const Graph& graph, size_t op, LinearProblem& problem) {
    problem.low = -std::numeric_limits<float>::infinity();
    problem.high = -problem.low;
    const Activation activation = activationOf(graph.ops[op].options);
    if (activation == Activation::Relu) problem.low = 0;
    if (activation == Activation::Relu6) problem.low = 0, problem.high = 6;
    if (activation == Activation::ReluN1To1) problem.low = -1, problem.high = 1;
    const types::Tensor& out = graph.tensor(graph.ops[op].output(0));
    if (!out.quantization.present() || out.type == types::DataType::Float32) return;
    // The extreme codes also represent all values beyond them.
    const int bits = types::bitsOf(out.type);
    const float scale = out.quantization.scale[0];
    const auto zero = static_cast<float>(out.quantization.firstZeroPoint());
    problem.low = std::max(problem.low, (-std::ldexp(1.0f, bits - 1) - zero) * scale);
    problem.high = std::min(problem.high, (std::ldexp(1.0f, bits - 1) - 1 - zero) * scale);
}

/// The layers of a unit, whose weights lie one under the other in a problem.
class UnitWeights {
public:
    UnitWeights(const Graph& graph, const RecoveryUnit& unit) : m_graph(graph), m_unit(unit) {
        for (size_t op : unit.layers)
            m_layers.emplace_back(graph, op);
    }

    bool hasBias() const { return biased() < m_unit.layers.size(); }

    LinearWeights read(const Graph& graph) const {
        const size_t channels = m_layers[0].channels();
        LinearWeights all;
        all.bias.assign(channels, 0.0f);
        for (size_t i = 0; i < m_layers.size(); ++i) {
            const size_t op = m_unit.layers[i];
            const std::vector<float> weights = realOperand(graph, op, 1);
            for (size_t k = 0; k < m_layers[i].taps(); ++k)
                for (size_t c = 0; c < channels; ++c)
                    all.weights.values.push_back(weights[m_layers[i].weightAt(c, k)]);
            all.weights.rows += m_layers[i].taps();
            const std::vector<float> bias = biasOf(graph, op);
            for (size_t c = 0; c < bias.size(); ++c)
                all.bias[c] += bias[c];
        }
        all.weights.columns = channels;
        return all;
    }

    /// The first layer with biases takes over what changes in their sum.
    Graph written(const LinearWeights& all, const LinearWeights& before) const {
        Graph changed = m_graph;
        ConstantEdits edits;
        size_t from = 0;
        for (size_t i = 0; i < m_layers.size(); from += m_layers[i++].taps()) {
            const size_t op = m_unit.layers[i];
            std::vector<float> weights = realOperand(m_graph, op, 1), bias = biasOf(m_graph, op);
            for (size_t k = 0; k < m_layers[i].taps(); ++k)
                for (size_t c = 0; c < m_layers[i].channels(); ++c)
                    weights[m_layers[i].weightAt(c, k)] = all.weights.row(from + k)[c];
            for (size_t c = 0; i == biased() && c < bias.size(); ++c)
                bias[c] += all.bias[c] - before.bias[c];
            setWeights(m_graph, op, weights, bias, edits);
        }
        edits.apply(changed);
        return changed;
    }

    /// Widens the codes of a sum's operands where new weights give values beyond them.
    void widen(Graph& graph, const LinearWeights& all, const LinearProblem& problem) const {
        size_t from = 0;
        for (size_t i = 0; i < m_layers.size(); from += m_layers[i++].taps())
            widenOutput(graph, m_unit.layers[i], valuesOf(graph, i, from, all, problem));
    }

private:
    size_t biased() const {
        size_t i = 0;
        while (i < m_unit.layers.size() && m_graph.ops[m_unit.layers[i]].input(2) < 0)
            ++i;
        return i;
    }
    std::vector<float> biasOf(const Graph& graph, size_t op) const {
        return graph.ops[op].input(2) >= 0 ? realOperand(graph, op, 2) : std::vector<float>();
    }

    /// Smallest and greatest value that a layer gives on the rows.
    std::pair<float, float> valuesOf(const Graph& graph, size_t i, size_t from,
                                     const LinearWeights& all, const LinearProblem& problem) const {
        const size_t channels = all.weights.columns;
        const auto taps = static_cast<int32_t>(m_layers[i].taps()),
                   outputs = static_cast<int32_t>(channels);
        std::vector<float> bias = biasOf(graph, m_unit.layers[i]);
        bias.resize(channels, 0.0f);
        std::vector<float> packed(learning::packedSize(taps, outputs));
        learning::packPanels({all.weights.row(from), taps, outputs, channels, 1}, 0, taps,
                             packed.data());
        std::pair<float, float> range{0.0f, 0.0f};
        constexpr size_t kBlock = 64;
        constexpr int32_t kOneRun[] = {0};
        std::vector<float> values(kBlock * channels);
        std::vector<int32_t> places(kBlock);
        for (size_t r = 0; r < kBlock; ++r)
            places[r] = static_cast<int32_t>(r * problem.inputs.columns);
        for (size_t r = 0; r < problem.inputs.rows; r += kBlock) {
            const size_t rows = std::min(kBlock, problem.inputs.rows - r);
            learning::rowProduct({{problem.inputs.row(r) + from, places.data(),
                                   static_cast<int32_t>(rows), kOneRun, 1, taps},
                                  packed.data(),
                                  outputs,
                                  values.data(),
                                  outputs,
                                  bias.data(),
                                  -std::numeric_limits<float>::infinity(),
                                  std::numeric_limits<float>::infinity()});
            const auto [low, high] =
                std::minmax_element(values.begin(), values.begin() + rows * channels);
            range = {std::min(range.first, *low), std::max(range.second, *high)};
        }
        return range;
    }

    static void widenOutput(Graph& graph, size_t op, const std::pair<float, float>& range) {
        types::Tensor& out = graph.tensors[static_cast<size_t>(graph.ops[op].output(0))];
        if (!out.quantization.present() || out.type == types::DataType::Float32) return;
        const int bits = types::bitsOf(out.type);
        const float lowest = -std::ldexp(1.0f, bits - 1), highest = -lowest - 1;
        const float scale = out.quantization.scale[0];
        const auto zero = static_cast<float>(out.quantization.firstZeroPoint());
        const float low = std::min(range.first, (lowest - zero) * scale);
        const float high = std::max(range.second, (highest - zero) * scale);
        if (low == (lowest - zero) * scale && high == (highest - zero) * scale) return;
        const bool isSymmetric = zero == 0;
        const float wide =
            isSymmetric ? std::max(-low, high) / highest : (high - low) / (highest - lowest);
        out.quantization.scale = {wide};
        out.quantization.zeroPoint = {
            isSymmetric ? 0 : static_cast<int64_t>(std::lround(lowest - low / wide))};
        out.quantization.min.clear();
        out.quantization.max.clear();
    }

    const Graph& m_graph;
    const RecoveryUnit& m_unit;
    std::vector<LinearLayer> m_layers;
};

}  // namespace

bool isClamp(const Graph& graph, size_t op) {
    const Activation activation = activationOf(graph.ops[op].options);
    return activation != Activation::Tanh && activation != Activation::SignBit;
}

std::string solveUnit(Graph& graph, const RecoveryUnit& unit, LinearProblem& problem, int threads) {
    const UnitWeights layers(graph, unit);
    setClamp(graph, unit.last, problem);
    problem.hasBias = layers.hasBias();
    const LinearWeights old = layers.read(graph);
    const double before = heldOutError(problem, old);
    Graph changed = layers.written(solve(problem, old, threads), old);
    const LinearWeights rounded = layers.read(changed);
    const double after = heldOutError(problem, rounded);
    std::string where = types::opLabel(graph, unit.layers[0]);
    for (size_t i = 1; i < unit.layers.size(); ++i)
        where += " and " + types::opLabel(graph, unit.layers[i]);
    if (unit.isSum()) where += " for the sum " + types::opLabel(graph, unit.last);
    if (!(after < before)) return where + ": nothing better than its own weights was found";
    if (unit.isSum()) layers.widen(changed, rounded, problem);
    graph = std::move(changed);
    return where + ": weights solved again, " +
           std::to_string(std::lround(100 * std::sqrt(after / before))) +
           " % of the error that the removal brought is left";
}

}  // namespace transform
