// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "analysis/fold_constants.h"
#include "transform/rewrites/rewrites.h"

namespace transform {

using types::Graph;
using types::Op;
using types::OpKind;

namespace {

/// Scales in blocks hold more than one scale can, so only a knob of their own folds them.
bool foldsUnasked(const Graph& graph, const Op& op) {
    return op.kind == OpKind::DEQUANTIZE && !graph.tensor(op.inputs[0]).blockScales;
}

}  // namespace

int foldConstants(Graph& graph, bool layersToo) {
    auto ops = analysis::foldableOps(graph);
    if (!layersToo)
        std::erase_if(ops, [&](size_t op) { return !foldsUnasked(graph, graph.ops[op]); });
    analysis::foldConstants(graph, ops);
    std::erase_if(graph.ops, [&](const Op& op) { return analysis::isFolded(graph, op); });
    return static_cast<int>(ops.size());
}

}  // namespace transform
