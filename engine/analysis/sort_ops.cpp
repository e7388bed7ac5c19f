// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/sort_ops.h"

#include <functional>
#include <queue>

namespace analysis {
namespace {

using namespace types;

/// True where an operator may read or write something that no tensor shows.
bool hasHiddenState(const Graph& graph, const Op& op) {
    switch (op.kind) {
        case OpKind::CALL_ONCE:
        case OpKind::READ_VARIABLE:
        case OpKind::ASSIGN_VARIABLE:
        case OpKind::IF:
        case OpKind::WHILE:
            return true;
        default:
            break;
    }
    if (isCustom(op.kind)) return true;
    for (int32_t t : op.inputs)
        if (t >= 0 && graph.tensor(t).isVariable) return true;
    return false;
}

/// Which operators wait for which.
struct Waits {
    std::vector<std::vector<size_t>> followers;
    std::vector<size_t> open;  ///< per operator: how many it waits for
    bool isSorted = true;

    explicit Waits(const Graph& graph) : followers(graph.ops.size()), open(graph.ops.size(), 0) {
        constexpr size_t kNone = SIZE_MAX;
        std::vector<size_t> writer(graph.tensors.size(), kNone);
        for (size_t i = 0; i < graph.ops.size(); ++i)
            for (int32_t t : graph.ops[i].outputs)
                writer[static_cast<size_t>(t)] = i;
        size_t lastHidden = kNone;
        for (size_t i = 0; i < graph.ops.size(); ++i) {
            for (int32_t t : graph.ops[i].inputs)
                if (t >= 0 && writer[static_cast<size_t>(t)] != kNone)
                    add(writer[static_cast<size_t>(t)], i);
            if (!hasHiddenState(graph, graph.ops[i])) continue;
            if (lastHidden != kNone) add(lastHidden, i);
            lastHidden = i;
        }
    }

    void add(size_t before, size_t after) {
        followers[before].push_back(after);
        ++open[after];
        isSorted = isSorted && before < after;
    }
};

}  // namespace

void sortOps(Graph& graph) {
    Waits waits(graph);
    if (waits.isSorted) return;
    std::priority_queue<size_t, std::vector<size_t>, std::greater<>> ready;
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (waits.open[i] == 0) ready.push(i);
    std::vector<size_t> order;
    while (!ready.empty()) {
        const size_t next = ready.top();
        ready.pop();
        order.push_back(next);
        for (size_t follower : waits.followers[next])
            if (--waits.open[follower] == 0) ready.push(follower);
    }
    if (order.size() != graph.ops.size()) return;
    std::vector<Op> sorted;
    for (size_t i : order)
        sorted.push_back(std::move(graph.ops[i]));
    graph.ops = std::move(sorted);
}

}  // namespace analysis
