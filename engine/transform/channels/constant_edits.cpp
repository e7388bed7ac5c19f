// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/constant_edits.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>

namespace transform {

using types::Bytes;
using types::Graph;
using types::Tensor;

static_assert(std::endian::native == std::endian::little, "buffers hold little-endian numbers");

namespace {

size_t usersOf(const Graph& graph, int32_t tensor) {
    auto uses = static_cast<size_t>(std::ranges::count(graph.outputs, tensor));
    for (const types::Op& op : graph.ops)
        uses += static_cast<size_t>(std::ranges::count(op.inputs, tensor) +
                                    std::ranges::count(op.intermediates, tensor));
    return uses;
}

}  // namespace

bool ConstantEdits::alike(const Edit& a, const Edit& b) {
    return a.tensor.shape == b.tensor.shape && std::ranges::equal(a.data.view(), b.data.view());
}

void replaceData(Graph& graph, int32_t tensor, Bytes data) {
    Tensor& changed = graph.tensors[static_cast<size_t>(tensor)];
    const auto sharers = std::ranges::count(graph.tensors, changed.buffer, &Tensor::buffer);
    // Other subgraphs refer to buffers of the same list.
    if (sharers > 1 || graph.subgraphCount > 1 || changed.buffer == 0) {
        changed.buffer = static_cast<uint32_t>(graph.buffers.size());
        graph.buffers.push_back(std::move(data));
    } else {
        graph.buffers[changed.buffer] = std::move(data);
    }
}

void ConstantEdits::add(size_t op, size_t operand, Tensor tensor, Bytes data) {
    m_edits.push_back({op, operand, std::move(tensor), std::move(data)});
}

void ConstantEdits::addInts(const Graph& graph, size_t op, size_t operand,
                            const std::vector<int64_t>& values) {
    const Tensor& tensor = graph.tensor(graph.ops[op].inputs[operand]);
    const auto width = static_cast<size_t>(types::bitsOf(tensor.type)) / 8;
    std::vector<uint8_t> bytes(values.size() * width);
    // Little-endian two's complement: the low bytes are the shorter integer.
    for (size_t i = 0; i < values.size(); ++i)
        std::memcpy(bytes.data() + i * width, &values[i], width);
    add(op, operand, tensor, Bytes(std::move(bytes)));
}

void ConstantEdits::apply(Graph& graph) const {
    std::map<int32_t, std::vector<const Edit*>> byTensor;
    for (const Edit& edit : m_edits)
        byTensor[graph.ops[edit.op].inputs[edit.operand]].push_back(&edit);
    for (const auto& [tensor, edits] : byTensor) {
        // If no user keeps the old contents, the first new ones replace them.
        bool inPlace = edits.size() == usersOf(graph, tensor);
        std::vector<std::pair<const Edit*, int32_t>> made;
        for (const Edit* edit : edits) {
            auto known =
                std::ranges::find_if(made, [&](const auto& m) { return alike(*edit, *m.first); });
            if (known == made.end()) {
                const auto end = static_cast<int32_t>(graph.tensors.size());
                if (!inPlace) graph.tensors.emplace_back();
                known = made.insert(made.end(), {edit, inPlace ? tensor : end});
                graph.tensors[static_cast<size_t>(known->second)] = edit->tensor;
                replaceData(graph, known->second, edit->data);
                inPlace = false;
            }
            graph.ops[edit->op].inputs[edit->operand] = known->second;
        }
    }
}

}  // namespace transform
