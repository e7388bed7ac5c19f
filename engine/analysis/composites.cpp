// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/composites.h"

namespace analysis {

const types::Subgraph* decompositionOf(const types::Graph& graph, const types::Op& op) {
    const auto* o = std::get_if<types::SubgraphOptions>(&op.options);
    if (op.kind != types::OpKind::STABLEHLO_COMPOSITE || o == nullptr) return nullptr;
    if (o->first <= 0 || static_cast<size_t>(o->first) > graph.others.size()) return nullptr;
    const types::Subgraph& body = graph.others[static_cast<size_t>(o->first) - 1];
    return body.problem.empty() ? &body : nullptr;
}

}  // namespace analysis
