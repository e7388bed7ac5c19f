// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/gradient_memory.h"

#include <algorithm>

namespace learning {
namespace {

struct Block {
    size_t first, end;
    int32_t tensor;
};

/// Returns the lowest gap of `size` between the blocks in use.
size_t lowestGap(std::vector<Block>& used, size_t size) {
    std::ranges::sort(used, {}, &Block::first);
    size_t first = 0;
    for (const Block& block : used) {
        if (block.first >= first + size) break;
        first = std::max(first, block.end);
    }
    return first;
}

}  // namespace

GradientPlaces placeGradients(const types::Graph& graph, const NetworkPlan& plan,
                              const std::set<int32_t>& apart) {
    GradientPlaces result{std::vector<size_t>(graph.tensors.size(), 0), 0};
    std::vector<Block> used;
    const auto begin = [&](int32_t tensor) {
        if (tensor < 0 || !plan.gradients[static_cast<size_t>(tensor)] || apart.contains(tensor))
            return;
        if (std::ranges::count(used, tensor, &Block::tensor) > 0) return;
        const size_t size = plan.slots[static_cast<size_t>(tensor)].size;
        const size_t first = lowestGap(used, size);
        used.push_back({first, first + size, tensor});
        result.places[static_cast<size_t>(tensor)] = first;
        result.arena = std::max(result.arena, first + size);
    };
    for (size_t i = plan.ops.size(); i-- > 0;) {
        const types::Op& op = graph.ops[plan.ops[i].op];
        std::ranges::for_each(op.outputs, begin);
        std::ranges::for_each(op.inputs, begin);
        std::erase_if(used, [&](const Block& block) {
            return std::ranges::count(op.outputs, block.tensor) > 0;
        });
    }
    return result;
}

}  // namespace learning
