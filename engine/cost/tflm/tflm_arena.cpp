// SPDX-License-Identifier: GPL-3.0-or-later
// The persistent part of TFLM's arena grows from its end downwards. It is recomputed here
// allocation by allocation, in TFLM's order, because alignment makes the sum depend on the order.
#include "cost/tflm/tflm_arena.h"

#include <algorithm>
#include <set>

#include "analysis/resource_variables.h"
#include "cost/tflm/cmsis_scratch.h"
#include "cost/tflm/kernel_scratch.h"
#include "cost/tflm/prepare_allocations.h"
#include "cost/tflm/subgraph_plan.h"
#include "cost/tflm/tflm_refusal.h"
#include "cost/tflm/tflm_sizes.h"

namespace cost {
namespace {

using types::Graph;
using types::Op;
using types::OpKind;
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

using Subgraphs = std::vector<PlannedSubgraph>;

/// What TFLM is built with.
struct Built {
    TflmBuild build;
    KernelBuild library;
};

Built builtWith(const KernelBuild& library) {
    switch (library.family) {
        case KernelFamily::CmsisNn:
            return {TflmBuild::CortexM, library};
        case KernelFamily::EspNn:
            return {TflmBuild::Esp, library};
        default:
            return {TflmBuild::CortexMReference, library};
    }
}

/// "the sizes of TFLM's kernel for #3 CUSTOM X are not known".
std::string withoutFigures(const Subgraphs& subgraphs, TflmBuild build) {
    for (const auto& [graph, _] : subgraphs)
        for (size_t i = 0; i < graph->ops.size(); ++i)
            if (!opSizes(graph->ops[i].kind, build))
                return "the sizes of TFLM's kernel for " + opLabel(*graph, i) + " are not known";
    return {};
}

size_t countOf(const Graph& graph, OpKind kind) {
    return static_cast<size_t>(std::count_if(graph.ops.begin(), graph.ops.end(),
                                             [kind](const Op& op) { return op.kind == kind; }));
}

void allocateInterpreter(const Subgraphs& subgraphs, const TflmSizes& sizes, Tail& tail) {
    for (int64_t bytes : {sizes.arenaAllocator, sizes.planner, sizes.microAllocator})
        tail.allocate(bytes, sizes.pointer);
    if (const size_t variables = countOf(*subgraphs[0].graph, OpKind::VAR_HANDLE); variables > 0) {
        tail.allocate(sizes.resourceVariables, kKernelAlignment);
        tail.allocate(sizes.resourceVariable * static_cast<int64_t>(variables), kKernelAlignment);
    }
    const auto count = static_cast<int64_t>(subgraphs.size());
    for (int64_t bytes : {sizes.optionsAllocator, sizes.subgraph * count})
        tail.allocate(bytes, sizes.pointer);
    for (const auto& [graph, _] : subgraphs)
        tail.allocate(sizes.evalTensor * static_cast<int64_t>(graph->tensors.size()),
                      sizes.pointer);
    for (const auto& [graph, _] : subgraphs)
        tail.allocate(sizes.node * static_cast<int64_t>(graph->ops.size()), sizes.pointer);
}

/// The first assignment of a resource variable allocates its state, where its handle is made in the
/// same subgraph: only then TFLM knows the variable when it prepares the operators.
class StateAllocations {
public:
    explicit StateAllocations(const Graph& model) : m_variables(model) {}

    void prepare(size_t subgraph, const Graph& graph, const Op& op, Tail& tail) {
        if (op.kind == OpKind::VAR_HANDLE) m_handles.emplace(subgraph, op.output(0));
        if (op.kind != OpKind::ASSIGN_VARIABLE || op.input(1) < 0) return;
        if (!m_handles.contains({subgraph, op.input(0)})) return;
        if (!m_assigned.insert(m_variables.behind(subgraph, op.input(0))).second) return;
        const int64_t bytes = graph.tensor(op.input(1)).bytes();
        tail.allocate(bytes, kKernelAlignment);
        m_bytes += bytes;
    }
    int64_t bytes() const { return m_bytes; }

private:
    analysis::ResourceVariables m_variables;
    std::set<std::pair<size_t, int32_t>> m_handles;
    std::set<int32_t> m_assigned;
    int64_t m_bytes = 0;
};

/// Allocates the options of all operators, then their data, then what their preparation adds.
/// Returns the bytes of resource variables; nothing for an operator without figures.
std::optional<int64_t> allocateOps(const Graph& model, const Subgraphs& subgraphs,
                                   const Built& built, Tail& tail) {
    std::vector<OpSizes> sizes;
    for (const auto& [graph, _] : subgraphs)
        for (const Op& op : graph->ops) {
            const auto known = opSizes(op.kind, built.build);
            if (!known) return std::nullopt;
            sizes.push_back(*known);
        }
    for (const OpSizes& op : sizes)
        if (op.options.bytes > 0) tail.allocate(op.options.bytes, op.options.alignment);
    for (const OpSizes& op : sizes)
        if (op.data > 0) tail.allocate(op.data, kKernelAlignment);
    StateAllocations variables(model);
    for (size_t i = 0; i < subgraphs.size(); ++i) {
        const Graph& graph = *subgraphs[i].graph;
        for (const Op& op : graph.ops) {
            for (int64_t bytes : prepareAllocations(graph, op, built.build))
                tail.allocate(bytes, kKernelAlignment);
            if (const int64_t sums = cmsisKernelSums(graph, op, built.library); sums > 0)
                tail.allocate(sums, kKernelAlignment);
            variables.prepare(i, graph, op, tail);
        }
    }
    return variables.bytes();
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

/// Sets the persistent part, or why it is unknown.
void setPersistent(const Graph& model, const Subgraphs& subgraphs, const Built& built,
                   types::TflmArena& arena) {
    const TflmSizes& sizes = tflmSizes(built.build);
    Tail tail;
    allocateInterpreter(subgraphs, sizes, tail);
    const auto variables = allocateOps(model, subgraphs, built, tail);
    if (!variables) {
        arena.unknownReason = withoutFigures(subgraphs, built.build);
        return;
    }
    int64_t scratchBuffers = 0;
    for (const PlannedSubgraph& subgraph : subgraphs)
        for (const auto& list : subgraph.scratch)
            scratchBuffers += static_cast<int64_t>(list.size());
    if (scratchBuffers > 0) tail.allocate(sizes.scratchHandle * scratchBuffers, sizes.pointer);
    for (const PlannedSubgraph& subgraph : subgraphs)
        allocateVariables(*subgraph.graph, tail);
    const Graph& first = *subgraphs[0].graph;
    allocateTensors(first, first.inputs, sizes, tail);
    allocateTensors(first, first.outputs, sizes, tail);
    arena.persistentBytes = tail.used();
    arena.variablesBytes = *variables;
}

memory::ScratchNeeds scratchIn(const types::MemoryPlan& plan, size_t ops) {
    memory::ScratchNeeds needs(ops);
    for (const types::PlannedBuffer& buffer : plan.buffers)
        if (buffer.isScratch())
            needs[static_cast<size_t>(buffer.firstOp)].push_back(buffer.requested);
    return needs;
}

/// Scratch that only our own kernels need, such as that of a called subgraph, is not TFLM's. Sets
/// `gap` where the library's is not known.
memory::ScratchNeeds ofTflm(const Graph& graph, memory::ScratchNeeds needs, const Built& built,
                            std::string& gap) {
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const Op& op = graph.ops[i];
        if (!requestsScratch(op)) needs[i].clear();
        if (built.build == TflmBuild::Host64) continue;
        KernelScratch scratch = kernelScratch(graph, op, std::move(needs[i]), built.library);
        if (gap.empty() && !scratch.gap.empty())
            gap = "the scratch of " + opLabel(graph, i) + " is not known: " + scratch.gap;
        needs[i] = std::move(scratch.bytes);
    }
    return needs;
}

/// Why the further subgraphs cannot be counted; empty: they can.
std::string subgraphGap(const Graph& graph, const TflmPlans& plans) {
    if (static_cast<size_t>(graph.subgraphCount) != 1 + graph.others.size() ||
        plans.others.size() != graph.others.size())
        return "its further subgraphs are not known";
    for (size_t i = 0; i < graph.others.size(); ++i)
        if (!graph.others[i].problem.empty())
            return "subgraph " + std::to_string(i + 1) +
                   " is not sound: " + graph.others[i].problem;
    return {};
}

Subgraphs subgraphsOf(const Graph& graph, const TflmPlans& plans, const Built& built,
                      std::string& gap) {
    Subgraphs result;
    const types::GraphPtr first(types::GraphPtr(), &graph);  // not owned
    result.push_back({first, ofTflm(graph, scratchIn(plans.plan, graph.ops.size()), built, gap)});
    for (size_t i = 0; i < plans.others.size(); ++i) {
        const auto other = std::make_shared<const Graph>(types::subgraphOf(graph, i + 1));
        result.push_back({other, ofTflm(*other, plans.others[i], built, gap)});
    }
    return result;
}

types::TflmArena arenaOf(const Graph& graph, const TflmPlans& plans, const Built& built) {
    types::TflmArena arena;
    arena.atLeastBytes = plans.plan.arenaBytes;
    if (const auto refusal = tflmRefusal(graph)) {
        arena.unknownReason = refusal->message();
        arena.isRefused = true;
        return arena;
    }
    arena.unknownReason = subgraphGap(graph, plans);
    if (!arena.unknownReason.empty()) return arena;
    const Subgraphs subgraphs = subgraphsOf(graph, plans, built, arena.unknownReason);
    if (arena.unknownReason.empty()) arena.unknownReason = plans.scratchGap;
    if (!arena.unknownReason.empty()) return arena;
    arena.nonPersistentBytes = graph.others.empty() && built.build == TflmBuild::Host64
                                   ? std::optional(plans.plan.arenaBytes)
                                   : plannedBytes(subgraphs);
    if (!arena.nonPersistentBytes) {
        arena.unknownReason = "its subgraphs call each other too often to be planned";
        return arena;
    }
    arena.atLeastBytes = *arena.nonPersistentBytes;
    setPersistent(graph, subgraphs, built, arena);
    return arena;
}

}  // namespace

types::TflmArena tflmArenaHost64(const Graph& graph, const TflmPlans& plans) {
    return arenaOf(graph, plans, {TflmBuild::Host64, {KernelFamily::Reference}});
}

types::TflmArena tflmArenaCortexM(const Graph& graph, const TflmPlans& plans) {
    return tflmArena(graph, plans, tflmsOwnLibrary());
}

types::TflmArena tflmArena(const Graph& graph, const TflmPlans& plans,
                           const KernelBuild& library) {
    return arenaOf(graph, plans, builtWith(library));
}

std::vector<KernelScratch> kernelScratches(const Graph& graph,
                                           const memory::ScratchNeeds& reference,
                                           const KernelBuild& library) {
    std::vector<KernelScratch> result;
    for (size_t i = 0; i < graph.ops.size(); ++i)
        result.push_back(kernelScratch(
            graph, graph.ops[i],
            requestsScratch(graph.ops[i]) ? reference[i] : std::vector<int64_t>(), library));
    return result;
}

}  // namespace cost
