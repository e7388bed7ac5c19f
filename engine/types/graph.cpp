// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/graph.h"

namespace types {

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
