// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/recovery_units.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "calibration/linear_layer.h"
#include "transform/channels/cut_tensor.h"
#include "transform/recovery/layer_weights.h"
#include "transform/recovery/solve_layer.h"

namespace transform {

using types::Activation;
using types::Graph;
using types::OpKind;

namespace {

/// A linear layer with constant weights and biases that we can change.
bool isSolvable(const Graph& graph, size_t op) {
    const int32_t bias = graph.ops[op].input(2);
    return calibration::LinearLayer::is(graph, op) && weightOperand(graph, op) &&
           (bias < 0 || (graph.isConstant(bias) && !isOpaque(graph.tensor(bias)))) &&
           isClamp(graph, op);
}

class UnitSearch {
public:
    UnitSearch(const Graph& graph, const KeptElements& kept) : m_graph(graph), m_kept(kept) {
        for (size_t i = 0; i < graph.ops.size(); ++i) {
            for (int32_t output : graph.ops[i].outputs)
                m_writer[output] = i;
            for (int32_t input : graph.ops[i].inputs)
                ++m_readers[input];
        }
        for (int32_t output : graph.outputs)
            ++m_readers[output];
    }

    std::vector<RecoveryUnit> run() {
        for (size_t i = 0; i < m_graph.ops.size(); ++i) {
            if (!feels(i)) continue;
            const types::Op& op = m_graph.ops[i];
            m_changed.insert(op.outputs.begin(), op.outputs.end());
            if (isSolvable(m_graph, i)) m_units.push_back({{i}, i});
            if (op.kind == OpKind::ADD) addSum(i);
        }
        return std::move(m_units);
    }

private:
    bool feels(size_t index) const {
        const types::Op& op = m_graph.ops[index];
        if (std::ranges::any_of(op.outputs,
                                [&](int32_t output) { return m_kept.isReplaced(output); }))
            return true;
        // These layers sum over channels; other operators pass the remaining channels on unchanged.
        const bool mixes = op.kind != OpKind::DEPTHWISE_CONV_2D && weightOperand(m_graph, index);
        return std::ranges::any_of(op.inputs, [&](int32_t tensor) {
            return tensor >= 0 && (m_changed.contains(tensor) ||
                                   (mixes && m_kept.isCut(tensor) && !m_graph.isConstant(tensor)));
        });
    }

    /// A layer that only this sum reads, and whose outputs enter it as they are.
    std::optional<size_t> layerOf(int32_t operand) const {
        const auto writer = m_writer.find(operand);
        if (writer == m_writer.end() || m_readers.at(operand) != 1) return std::nullopt;
        const size_t op = writer->second;
        if (!isSolvable(m_graph, op) || calibration::LinearLayer(m_graph, op).isDepthwise() ||
            activationOf(m_graph.ops[op].options) != Activation::None)
            return std::nullopt;
        return op;
    }

    /// Replaces the units of the sum's layers by one.
    void addSum(size_t index) {
        const types::Op& op = m_graph.ops[index];
        if (op.inputs.size() != 2 || !isClamp(m_graph, index)) return;
        const auto& shape = m_graph.tensor(op.output(0)).shape;
        RecoveryUnit unit;
        unit.last = index;
        for (int32_t operand : op.inputs) {
            if (operand < 0 || m_graph.tensor(operand).shape != shape) return;
            if (const auto layer = layerOf(operand))
                unit.layers.push_back(*layer);
            else
                unit.other = operand;
        }
        if (unit.layers.empty() || op.inputs[0] == op.inputs[1]) return;
        std::ranges::sort(unit.layers);
        std::erase_if(m_units, [&](const RecoveryUnit& known) {
            return std::ranges::count(unit.layers, known.first()) > 0;
        });
        m_units.push_back(std::move(unit));
    }

    const Graph& m_graph;
    const KeptElements& m_kept;
    std::map<int32_t, size_t> m_writer;
    std::map<int32_t, int> m_readers;
    std::set<int32_t> m_changed;
    std::vector<RecoveryUnit> m_units;
};

}  // namespace

std::vector<RecoveryUnit> unitsBehind(const Graph& graph, const KeptElements& kept) {
    return UnitSearch(graph, kept).run();
}

}  // namespace transform
