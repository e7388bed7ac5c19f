// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/reverse_pass.h"

#include <algorithm>
#include <set>

#include "analysis/real_values.h"
#include "transform/recovery/derivative_rules.h"

namespace transform {

using types::Graph;
using types::OpKind;

namespace {

/// Returns the operator that writes a tensor; nothing for inputs and constants.
std::optional<size_t> writerOf(const Graph& graph, int32_t tensor) {
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (std::ranges::count(graph.ops[i].outputs, tensor) > 0) return i;
    return std::nullopt;
}

/// Returns the input of a softmax that ends the model, conversions aside; else the tensor itself.
int32_t beforeSoftmax(const Graph& graph, int32_t output) {
    int32_t tensor = output;
    while (const auto writer = writerOf(graph, tensor)) {
        const types::Op& op = graph.ops[*writer];
        if (op.kind == OpKind::SOFTMAX) return op.input(0);
        if (op.kind != OpKind::QUANTIZE && op.kind != OpKind::DEQUANTIZE) break;
        tensor = op.input(0);
    }
    return output;
}

}  // namespace

std::vector<int32_t> scoreTensors(const Graph& graph) {
    std::vector<int32_t> scores;
    for (int32_t output : graph.outputs)
        scores.push_back(beforeSoftmax(graph, output));
    return scores;
}

ReversePass::ReversePass(const Graph& graph) : m_graph(graph), m_constants(graph.tensors.size()) {
    for (size_t t = 0; t < graph.tensors.size(); ++t)
        if (const auto& data = graph.constantData(static_cast<int32_t>(t)); !data.empty())
            m_constants[t] = analysis::dequantize(graph.tensors[t], data.view());
    const auto scores = scoreTensors(graph);
    std::set<int32_t> reached(scores.begin(), scores.end());
    for (size_t i = graph.ops.size(); i-- > 0;) {
        const types::Op& op = graph.ops[i];
        const bool matters = std::ranges::any_of(
            op.outputs, [&](int32_t tensor) { return reached.contains(tensor); });
        if (!matters) continue;
        if (derivativeRule(graph, i))
            reached.insert(op.inputs.begin(), op.inputs.end());
        else if (!m_barrier)
            m_barrier = i;
    }
}

void ReversePass::run(const TensorValues& values, TensorValues& gradients) const {
    TensorValues all = values;
    for (size_t t = 0; t < all.size(); ++t)
        if (!m_constants[t].empty()) all[t] = m_constants[t];
    for (size_t i = m_graph.ops.size(); i-- > 0;) {
        const types::Op& op = m_graph.ops[i];
        if (op.outputs.empty() || gradients[static_cast<size_t>(op.output(0))].empty()) continue;
        if (const DerivativeRule rule = derivativeRule(m_graph, i))
            rule({m_graph, i, all, gradients});
    }
}

}  // namespace transform
