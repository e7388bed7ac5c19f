// SPDX-License-Identifier: GPL-3.0-or-later
// The persistent part of TFLM's arena grows from its end downwards. It is recomputed here
// allocation by allocation, in TFLM's order, because alignment makes the sum depend on the order.
#include "cost/tflm/tflm_arena.h"

#include "cost/tflm/cmsis_scratch.h"
#include "cost/tflm/prepare_allocations.h"
#include "cost/tflm/tflm_sizes.h"

namespace cost {
namespace {

using types::Graph;
using types::Tensor;

/// Alignment of kernel allocations and of the arena's end.
constexpr int64_t kKernelAlignment = 16;

class Tail {
public:
    void allocate(int64_t bytes, int64_t alignment) {
        m_used = (m_used + bytes + alignment - 1) / alignment * alignment;
    }
    int64_t used() const { return m_used; }

private:
    int64_t m_used = 0;
};

void allocateInterpreter(const Graph& graph, const TflmSizes& sizes, Tail& tail) {
    for (int64_t bytes : {sizes.arenaAllocator, sizes.planner, sizes.microAllocator,
                          sizes.optionsAllocator, sizes.subgraph})
        tail.allocate(bytes, sizes.pointer);
    tail.allocate(sizes.evalTensor * static_cast<int64_t>(graph.tensors.size()), sizes.pointer);
    tail.allocate(sizes.node * static_cast<int64_t>(graph.ops.size()), sizes.pointer);
}

/// Allocates the options of all operators, then their data, then what their preparation adds.
/// Returns false for an unknown operator.
bool allocateOps(const Graph& graph, TflmBuild build, Tail& tail) {
    std::vector<OpSizes> sizes;
    for (const types::Op& op : graph.ops) {
        const auto known = opSizes(op.kind, build);
        if (!known) return false;
        sizes.push_back(*known);
    }
    for (const OpSizes& op : sizes)
        if (op.options.bytes > 0) tail.allocate(op.options.bytes, op.options.alignment);
    for (const OpSizes& op : sizes)
        if (op.data > 0) tail.allocate(op.data, kKernelAlignment);
    for (const types::Op& op : graph.ops)
        for (int64_t bytes : prepareAllocations(graph, op, build))
            tail.allocate(bytes, kKernelAlignment);
    return true;
}

void allocateVariables(const Graph& graph, Tail& tail) {
    for (const Tensor& tensor : graph.tensors)
        if (tensor.isVariable) tail.allocate(tensor.bytes(), kKernelAlignment);
}

/// Model inputs or outputs: pointers to them, then each tensor with its quantization.
void allocateTensors(const Graph& graph, const std::vector<int32_t>& tensors,
                     const TflmSizes& sizes, Tail& tail) {
    tail.allocate(sizes.pointer * static_cast<int64_t>(tensors.size()), kKernelAlignment);
    for (int32_t index : tensors) {
        tail.allocate(sizes.tensor, sizes.pointer);
        const types::Quantization& quantization = graph.tensor(index).quantization;
        if (quantization.scale.empty() || quantization.zeroPoint.empty()) continue;
        tail.allocate(sizes.quantization, sizes.pointer);
        tail.allocate(4 * (1 + static_cast<int64_t>(quantization.scale.size())), 4);
    }
}

std::optional<int64_t> persistentBytes(const Graph& graph, size_t scratchBuffers, TflmBuild build) {
    if (graph.subgraphCount != 1) return std::nullopt;  // the Graph holds the first subgraph only
    const TflmSizes& sizes = tflmSizes(build);
    Tail tail;
    allocateInterpreter(graph, sizes, tail);
    if (!allocateOps(graph, build, tail)) return std::nullopt;
    tail.allocate(sizes.scratchHandle * static_cast<int64_t>(scratchBuffers), sizes.pointer);
    allocateVariables(graph, tail);
    allocateTensors(graph, graph.inputs, sizes, tail);
    allocateTensors(graph, graph.outputs, sizes, tail);
    return tail.used();
}

}  // namespace

types::TflmArena tflmArenaHost64(const Graph& graph, const types::MemoryPlan& plan) {
    size_t scratchBuffers = 0;
    for (const types::PlannedBuffer& buffer : plan.buffers)
        scratchBuffers += buffer.isScratch() ? 1 : 0;
    return {plan.arenaBytes, persistentBytes(graph, scratchBuffers, TflmBuild::Host64)};
}

types::TflmArena tflmArenaCortexM(const Graph& graph, const types::MemoryPlan& plan) {
    const memory::ScratchNeeds needs = cortexMScratch(graph, plan);
    size_t scratchBuffers = 0;
    for (const auto& list : needs)
        scratchBuffers += list.size();
    return {memory::planGreedy(graph, needs).arenaBytes,
            persistentBytes(graph, scratchBuffers, TflmBuild::CortexM)};
}

}  // namespace cost
