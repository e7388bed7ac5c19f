// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/partial_graph.h"

#include <algorithm>
#include <set>

#include "analysis/resource_variables.h"

namespace diagnosis {

using types::Graph;

namespace {

std::set<int32_t> madeBy(const Graph& graph, size_t first, size_t end) {
    std::set<int32_t> made;
    for (size_t op = first; op < end; ++op)
        made.insert(graph.ops[op].outputs.begin(), graph.ops[op].outputs.end());
    return made;
}

std::set<int32_t> readBy(const Graph& graph, size_t first, size_t end) {
    std::set<int32_t> read;
    for (size_t op = first; op < end; ++op) {
        const auto inputs = activationInputs(graph, graph.ops[op]);
        read.insert(inputs.begin(), inputs.end());
    }
    return read;
}

std::vector<int32_t> without(const std::set<int32_t>& all, const std::set<int32_t>& left) {
    std::vector<int32_t> result;
    std::set_difference(all.begin(), all.end(), left.begin(), left.end(),
                        std::back_inserter(result));
    return result;
}

}  // namespace

std::vector<int32_t> activationInputs(const Graph& graph, const types::Op& op) {
    std::vector<int32_t> inputs;
    for (int32_t t : op.inputs)
        if (t >= 0 && !graph.isConstant(t) && !graph.tensor(t).isVariable &&
            std::find(inputs.begin(), inputs.end(), t) == inputs.end())
            inputs.push_back(t);
    return inputs;
}

bool sharesState(const types::Op& op) {
    using types::OpKind;
    return op.kind == OpKind::VAR_HANDLE || op.kind == OpKind::READ_VARIABLE ||
           op.kind == OpKind::ASSIGN_VARIABLE || op.kind == OpKind::CIRCULAR_BUFFER ||
           !analysis::calledSubgraphs(op).empty();
}

std::vector<int32_t> cutBefore(const Graph& graph, size_t op) {
    auto needed = readBy(graph, op, graph.ops.size());
    needed.insert(graph.outputs.begin(), graph.outputs.end());
    return without(needed, madeBy(graph, op, graph.ops.size()));
}

Graph partOf(const Graph& graph, size_t first, size_t end) {
    Graph part = graph;
    part.original = {};
    part.ops.assign(graph.ops.begin() + static_cast<ptrdiff_t>(first),
                    graph.ops.begin() + static_cast<ptrdiff_t>(end));
    const auto made = madeBy(graph, first, end);
    part.inputs = without(readBy(graph, first, end), made);
    auto wanted = readBy(graph, end, graph.ops.size());
    wanted.insert(graph.outputs.begin(), graph.outputs.end());
    part.outputs.clear();
    for (int32_t t : made)
        if (wanted.contains(t)) part.outputs.push_back(t);
    return part;
}

}  // namespace diagnosis
