// SPDX-License-Identifier: GPL-3.0-or-later
#include "single_op.h"

#include <map>

namespace bench {

types::Graph singleOp(const types::Graph& graph, size_t op) {
    types::Graph single;
    single.name = graph.name;
    single.buffers = graph.buffers;
    types::Op copy = graph.ops[op];
    std::map<int32_t, int32_t> known;
    const auto take = [&](int32_t& index) {
        if (index < 0) return;
        const auto [entry, isNew] = known.emplace(index, static_cast<int32_t>(known.size()));
        if (isNew) single.tensors.push_back(graph.tensor(index));
        if (isNew && !graph.isConstant(index)) single.inputs.push_back(entry->second);
        index = entry->second;
    };
    for (int32_t& input : copy.inputs)
        take(input);
    const std::vector<int32_t> inputs = single.inputs;
    for (int32_t& output : copy.outputs)
        take(output);
    single.inputs = inputs;
    single.outputs = copy.outputs;
    single.ops = {copy};
    return single;
}

std::string shapeOf(const types::Graph& graph, size_t index) {
    const types::Op& op = graph.ops[index];
    std::string text = op.name() + " " + types::shapeText(graph.tensor(op.inputs[0]).shape);
    if (op.input(1) >= 0 && graph.isConstant(op.inputs[1]))
        text += " by " + types::shapeText(graph.tensor(op.inputs[1]).shape);
    if (const auto* window = std::get_if<types::WindowOptions>(&op.options))
        if (window->strideHeight != 1) text += " /" + std::to_string(window->strideHeight);
    return text;
}

}  // namespace bench
