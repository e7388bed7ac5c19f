// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/greedy_planner.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "memory/placement.h"

namespace memory {
namespace {

using types::Graph;
using types::PlannedBuffer;

constexpr int64_t kAlignment = 16;

int64_t roundUp(int64_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

/// First and last operator at which a tensor is alive. TFLM also plans tensors that no operator
/// uses, at a time of their own before the inputs.
struct Lifetime {
    static constexpr int32_t kNever = -2;
    int32_t first = kNever, last = kNever;

    void extendTo(int32_t op) {
        if (first == kNever) first = op;
        last = std::max(last, op);
    }
};

std::vector<Lifetime> lifetimes(const Graph& graph) {
    std::vector<Lifetime> result(graph.tensors.size());
    for (int32_t t : graph.inputs)
        result[static_cast<size_t>(t)].extendTo(-1);
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const auto op = static_cast<int32_t>(i);
        for (int32_t t : graph.ops[i].inputs)
            if (t >= 0) result[static_cast<size_t>(t)].extendTo(op);
        for (int32_t t : graph.ops[i].outputs)
            result[static_cast<size_t>(t)].extendTo(op);
    }
    const auto lastOp = static_cast<int32_t>(graph.ops.size()) - 1;
    for (int32_t t : graph.outputs)
        result[static_cast<size_t>(t)].extendTo(lastOp);
    return result;
}

/// True where `heir` overwrites `from`: the only sharing of bytes that a plan allows.
bool takesOver(const PlannedBuffer& heir, const PlannedBuffer& from) {
    return heir.overwrites >= 0 && heir.overwrites == from.tensor && heir.offset == from.offset &&
           heir.firstOp == from.lastOp && heir.size <= from.size;
}

bool livesInArena(const Graph& graph, int32_t tensor) {
    return !graph.isConstant(tensor) && !graph.tensor(tensor).isVariable &&
           graph.tensor(tensor).externalBuffer == 0;
}

}  // namespace

std::vector<PlannedBuffer> plannedBuffers(const Graph& graph, const ScratchNeeds& scratch) {
    std::vector<PlannedBuffer> buffers;
    const auto lives = lifetimes(graph);
    for (size_t t = 0; t < graph.tensors.size(); ++t) {
        const auto index = static_cast<int32_t>(t);
        const int64_t bytes = graph.tensor(index).bytes();
        if (!livesInArena(graph, index) || bytes == 0) continue;
        buffers.push_back({index, roundUp(bytes), bytes, 0, lives[t].first, lives[t].last});
    }
    for (size_t i = 0; i < scratch.size(); ++i) {
        const auto op = static_cast<int32_t>(i);
        for (int64_t bytes : scratch[i])
            buffers.push_back({-1, roundUp(bytes), bytes, 0, op, op});
    }
    return buffers;
}

int64_t placeGreedily(std::vector<PlannedBuffer>& buffers) {
    std::vector<size_t> order(buffers.size());
    std::iota(order.rbegin(), order.rend(), size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return buffers[a].size > buffers[b].size; });
    return placeInOrder(buffers, chainsOf(buffers), order, std::numeric_limits<int64_t>::max());
}

types::MemoryPlan planGreedy(const Graph& graph, const ScratchNeeds& scratch) {
    types::MemoryPlan plan;
    plan.buffers = plannedBuffers(graph, scratch);
    plan.arenaBytes = placeGreedily(plan.buffers);
    plan.order.resize(graph.ops.size());
    std::iota(plan.order.begin(), plan.order.end(), 0);
    plan.lowerBoundBytes =
        lowerBound(plan.buffers, static_cast<int32_t>(graph.ops.size()), &plan.peakOp);
    return plan;
}

int64_t lowerBound(const std::vector<PlannedBuffer>& buffers, int32_t opCount, int32_t* peakOp) {
    // A size starts to count at its first time (bytesAt()) and stops after its last.
    constexpr int32_t earliest = Lifetime::kNever;
    std::vector<int64_t> change(static_cast<size_t>(opCount - earliest + 1), 0);
    for (const PlannedBuffer& buffer : buffers) {
        const int32_t first = buffer.firstOp + (buffer.overwrites >= 0 ? 1 : 0);
        change[static_cast<size_t>(first - earliest)] += buffer.size;
        change[static_cast<size_t>(buffer.lastOp - earliest) + 1] -= buffer.size;
    }
    int64_t alive = 0, greatest = 0;
    for (int32_t op = earliest; op < opCount; ++op) {
        alive += change[static_cast<size_t>(op - earliest)];
        if (alive <= greatest) continue;
        greatest = alive;
        if (peakOp) *peakOp = std::max(op, 0);
    }
    return greatest;
}

std::optional<size_t> firstClash(const types::MemoryPlan& plan) {
    for (size_t i = 0; i < plan.buffers.size(); ++i) {
        const PlannedBuffer& a = plan.buffers[i];
        if (a.offset < 0 || a.offset % kAlignment != 0 || a.offset + a.size > plan.arenaBytes)
            return i;
        for (size_t j = 0; j < i; ++j) {
            const PlannedBuffer& b = plan.buffers[j];
            const bool apart = a.offset + a.size <= b.offset || b.offset + b.size <= a.offset;
            if (liveTogether(a, b) && !apart && !takesOver(a, b) && !takesOver(b, a)) return i;
        }
    }
    return std::nullopt;
}

bool isConsistent(const types::MemoryPlan& plan) {
    return !firstClash(plan);
}

}  // namespace memory
