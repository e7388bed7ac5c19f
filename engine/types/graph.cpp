// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/graph.h"

namespace types {

Graph subgraphOf(const Graph& graph, size_t index) {
    Graph result;
    result.name = graph.name;
    result.buffers = graph.buffers;
    if (index == 0) {
        result.tensors = graph.tensors;
        result.ops = graph.ops;
        result.inputs = graph.inputs;
        result.outputs = graph.outputs;
        return result;
    }
    const Subgraph& other = graph.others[index - 1];
    result.tensors = other.tensors;
    result.ops = other.ops;
    result.inputs = other.inputs;
    result.outputs = other.outputs;
    return result;
}

std::string tensorLabel(const Graph& graph, int32_t tensor) {
    std::string label = "T" + std::to_string(tensor);
    const bool known = tensor >= 0 && static_cast<size_t>(tensor) < graph.tensors.size();
    if (known && !graph.tensor(tensor).name.empty())
        label += " '" + graph.tensor(tensor).name + "'";
    return label;
}

std::string opLabel(const Graph& graph, size_t op) {
    return "#" + std::to_string(op) + " " + graph.ops[op].name();
}

}  // namespace types
