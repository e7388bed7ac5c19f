// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/fold_constants.h"
#include "transform/rewrites/rewrites.h"

namespace transform {

using types::Graph;
using types::Op;

int foldConstants(Graph& graph, const std::function<bool(const Op&)>& wants) {
    auto ops = analysis::foldableOps(graph);
    std::erase_if(ops, [&](size_t op) { return !wants(graph.ops[op]); });
    const int count = analysis::foldConstants(graph, ops);
    std::erase_if(graph.ops, [&](const Op& op) { return analysis::isFolded(graph, op); });
    return count;
}

}  // namespace transform
