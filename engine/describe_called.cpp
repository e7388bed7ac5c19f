// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/describe_called.h"

#include <map>

#include "analysis/resource_variables.h"
#include "engine/describe_layers.h"
#include "footprint/footprint.h"

namespace engine {
namespace {

using namespace types;

int64_t opsOf(const std::map<size_t, CalledSubgraph>& called, int32_t index) {
    const auto found = called.find(static_cast<size_t>(index));
    int64_t ops = 0;
    if (found != called.end())
        for (const LayerEvaluation& layer : found->second.layers)
            ops += layer.ops;
    return ops;
}

/// How `op` counts the subgraph that it calls at `place` (analysis/count.h).
std::string countedAs(const std::map<size_t, CalledSubgraph>& called, const Op& op, size_t place) {
    switch (op.kind) {
        case OpKind::CALL_ONCE:
            return "not: it runs before the first inference only";
        case OpKind::WHILE:
            return place == 0 ? "the condition once" : "one round of the body";
        case OpKind::IF: {
            const auto branches = analysis::calledSubgraphs(op);
            const bool firstIsMore =
                branches.size() == 2 && opsOf(called, branches[0]) > opsOf(called, branches[1]);
            return firstIsMore == (place == 0) ? "the branch with more operations"
                                               : "not: the other branch has more operations";
        }
        default:
            return "once";
    }
}

std::vector<LayerEvaluation> innerLayers(const Graph& graph, size_t index) {
    const Graph inner = subgraphOf(graph, index);
    auto layers = describeLayers(inner, footprint::tflmNeeds(inner, 0).plan);
    for (LayerEvaluation& layer : layers) {
        // Calls of calls are judged with the whole file, by the row of the first caller.
        const Op& op = inner.ops[static_cast<size_t>(layer.index)];
        if (analysis::calledSubgraphs(op).empty()) continue;
        layer.supported = true;
        layer.unsupportedReason.clear();
    }
    return layers;
}

void addCallers(size_t subgraph, const std::vector<Op>& ops,
                std::map<size_t, CalledSubgraph>& called) {
    for (size_t i = 0; i < ops.size(); ++i) {
        const auto indices = analysis::calledSubgraphs(ops[i]);
        for (size_t place = 0; place < indices.size(); ++place) {
            const auto found = called.find(static_cast<size_t>(indices[place]));
            if (indices[place] <= 0 || found == called.end()) continue;
            found->second.callers.push_back({subgraph, static_cast<int32_t>(i),
                                             "#" + std::to_string(i) + " " + ops[i].name(),
                                             countedAs(called, ops[i], place)});
        }
    }
}

}  // namespace

std::vector<CalledSubgraph> describeCalled(const Graph& graph) {
    std::map<size_t, CalledSubgraph> called;
    for (size_t i = 0; i < graph.others.size(); ++i)
        if (graph.others[i].problem.empty())
            called[i + 1] = {i + 1, graph.others[i].name, {}, innerLayers(graph, i + 1)};
    addCallers(0, graph.ops, called);
    for (size_t i = 0; i < graph.others.size(); ++i)
        addCallers(i + 1, graph.others[i].ops, called);
    std::vector<CalledSubgraph> result;
    for (auto& [index, each] : called)
        if (!each.callers.empty()) result.push_back(std::move(each));
    return result;
}

}  // namespace engine
