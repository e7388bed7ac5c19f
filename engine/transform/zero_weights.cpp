// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/zero_weights.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "analysis/real_values.h"
#include "transform/compression/compress_weights.h"
#include "transform/recovery/layer_weights.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::Result;
using types::Variation;

namespace {

double shareOf(const Variation& variation, int32_t layer) {
    const auto own = variation.layers.find(layer);
    if (own == variation.layers.end()) return variation.prune.weights;
    return own->second.pruneWeights.value_or(variation.prune.weights);
}

void zeroSmallest(std::vector<float>& weights, double share) {
    const auto count = static_cast<size_t>(share * static_cast<double>(weights.size()));
    std::vector<size_t> order(weights.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        return std::fabs(weights[a]) < std::fabs(weights[b]);
    });
    for (size_t i = 0; i < count; ++i)
        weights[order[i]] = 0;
}

std::string sentence(const Graph& graph, size_t op, const std::vector<float>& weights) {
    const auto zeros = std::ranges::count(weights, 0.0f);
    return types::opLabel(graph, op) + ": " + std::to_string(zeros) + " of " +
           std::to_string(weights.size()) + " weights are zero";
}

}  // namespace

Result<GraphPtr> zeroWeights(const GraphPtr& graph, const Variation& variation, const ApplyContext&,
                             std::vector<std::string>& changes) {
    ConstantEdits edits;
    for (size_t op = 0; op < graph->ops.size(); ++op) {
        const double share = shareOf(variation, graph->ops[op].origin);
        if (share == 0) continue;
        const auto operand = weightOperand(*graph, op);
        const bool named = variation.layers.contains(graph->ops[op].origin);
        if (!operand && named && share != variation.prune.weights)
            changes.push_back(types::opLabel(*graph, op) + " has no weights to set to zero");
        if (!operand) continue;
        std::vector<float> weights = realOperand(*graph, op, *operand);
        zeroSmallest(weights, share);
        changes.push_back(sentence(*graph, op, weights));
        const types::Tensor& tensor = graph->tensor(graph->ops[op].input(*operand));
        edits.add(op, *operand, tensor, types::Bytes(analysis::encode(tensor, weights)));
    }
    if (edits.empty()) return graph;
    if (!encodesWeights(variation))
        changes.push_back(
            "zero weights change neither time nor size in flash, only the compressed file");
    auto result = std::make_shared<Graph>(*graph);
    result->original = {};
    edits.apply(*result);
    return result;
}

int64_t countZeroWeights(const Graph& graph) {
    int64_t zeros = 0;
    std::set<int32_t> seen;
    for (size_t op = 0; op < graph.ops.size(); ++op) {
        const auto operand = weightOperand(graph, op);
        if (!operand || !seen.insert(graph.ops[op].input(*operand)).second) continue;
        zeros += std::ranges::count(realOperand(graph, op, *operand), 0.0f);
    }
    return zeros;
}

}  // namespace transform
