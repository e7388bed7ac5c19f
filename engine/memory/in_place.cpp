// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/in_place.h"

#include <algorithm>

namespace memory {
namespace {

using types::Graph;
using types::PlannedBuffer;

/// The buffer of each tensor; null where it has none.
std::vector<PlannedBuffer*> byTensor(const Graph& graph, std::vector<PlannedBuffer>& buffers) {
    std::vector<PlannedBuffer*> result(graph.tensors.size(), nullptr);
    for (PlannedBuffer& buffer : buffers)
        if (!buffer.isScratch()) result[static_cast<size_t>(buffer.tensor)] = &buffer;
    return result;
}

bool isOutputOf(const Graph& graph, int32_t tensor) {
    return std::find(graph.outputs.begin(), graph.outputs.end(), tensor) != graph.outputs.end();
}

bool givesPlaceTo(const PlannedBuffer& input, const PlannedBuffer& output) {
    return input.lastOp == output.firstOp && input.requested >= output.requested;
}

}  // namespace

int markOverwrites(const Graph& graph, const Overwritable& overwritable, Giver giver,
                   std::vector<PlannedBuffer>& buffers) {
    const std::vector<PlannedBuffer*> bufferOf = byTensor(graph, buffers);
    int marked = 0;
    for (size_t op = 0; op < overwritable.size(); ++op) {
        if (graph.ops[op].outputs.empty()) continue;
        PlannedBuffer* output = bufferOf[static_cast<size_t>(graph.ops[op].outputs[0])];
        if (output == nullptr || output->firstOp != static_cast<int32_t>(op)) continue;
        const PlannedBuffer* chosen = nullptr;
        for (int32_t tensor : overwritable[op]) {
            const PlannedBuffer* input = bufferOf[static_cast<size_t>(tensor)];
            if (input == nullptr || !givesPlaceTo(*input, *output) || isOutputOf(graph, tensor))
                continue;
            const bool older = chosen == nullptr || input->firstOp < chosen->firstOp;
            if (chosen == nullptr || older == (giver == Giver::OldestInput)) chosen = input;
        }
        if (chosen == nullptr) continue;
        output->overwrites = chosen->tensor;
        ++marked;
    }
    return marked;
}

Overwritable withOrder(const Overwritable& overwritable, const std::vector<int32_t>& order) {
    if (overwritable.empty()) return {};
    Overwritable result;
    for (int32_t op : order)
        result.push_back(overwritable[static_cast<size_t>(op)]);
    return result;
}

}  // namespace memory
