// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/check_plan.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "memory/operator_order.h"
#include "runtime/kernels/overwriting.h"

namespace lowering {
namespace {

using types::Graph;
using types::MemoryPlan;
using types::PlannedBuffer;
using types::Result;

types::Error foreignPlan(const Graph& graph) {
    return {"memory plan is not of this graph", graph.name, ""};
}

bool isPermutation(const std::vector<int32_t>& order) {
    std::vector<bool> seen(order.size(), false);
    for (int32_t op : order) {
        const auto index = static_cast<size_t>(op);
        if (op < 0 || index >= order.size() || seen[index]) return false;
        seen[index] = true;
    }
    return true;
}

bool isOf(const Graph& graph, const PlannedBuffer& buffer) {
    const auto op = static_cast<size_t>(buffer.firstOp),
               tensor = static_cast<size_t>(buffer.tensor);
    return buffer.isScratch() ? buffer.firstOp >= 0 && op < graph.ops.size()
                              : tensor < graph.tensors.size();
}

/// The buffers with their true lifetimes in the plan's order, without offsets.
std::vector<PlannedBuffer> trueBuffers(const Graph& graph, const MemoryPlan& plan,
                                       const std::vector<OpPlan>& ops) {
    memory::ScratchNeeds scratch;
    for (const OpPlan& op : ops)
        scratch.push_back(op.scratch);
    if (std::is_sorted(plan.order.begin(), plan.order.end()))
        return memory::plannedBuffers(graph, scratch);
    return memory::plannedBuffers(memory::withOrder(graph, plan.order),
                                  memory::withOrder(scratch, plan.order));
}

/// Identifies a buffer in both plans: its tensor, or its operator and the index of the scratch.
using Key = std::tuple<int32_t, int32_t, int32_t>;

class Keys {
public:
    Key next(const PlannedBuffer& buffer) {
        if (!buffer.isScratch()) return {buffer.tensor, 0, 0};
        return {-1, buffer.firstOp, m_scratches[buffer.firstOp]++};
    }

private:
    std::map<int32_t, int32_t> m_scratches;
};

std::string nameOf(const Graph& graph, const MemoryPlan& plan, const PlannedBuffer& buffer) {
    if (!buffer.isScratch()) return types::tensorLabel(graph, buffer.tensor);
    const int32_t op = plan.order[static_cast<size_t>(buffer.firstOp)];
    return "scratch of " + types::opLabel(graph, static_cast<size_t>(op));
}

bool mayLieOver(const Graph& graph, const MemoryPlan& plan, const std::vector<OpPlan>& ops,
                const PlannedBuffer& buffer) {
    const auto& outputs = graph.outputs;
    const bool isKept =
        std::find(outputs.begin(), outputs.end(), buffer.overwrites) != outputs.end();
    if (buffer.firstOp < 0 || isKept) return false;
    const auto op = static_cast<size_t>(plan.order[static_cast<size_t>(buffer.firstOp)]);
    const auto allowed = overwritableBy(graph, graph.ops[op], ops[op]);
    return graph.ops[op].outputs[0] == buffer.tensor &&
           std::find(allowed.begin(), allowed.end(), buffer.overwrites) != allowed.end();
}

}  // namespace

Result<void> checkPlan(const Graph& graph, const MemoryPlan& plan, const std::vector<OpPlan>& ops) {
    if (plan.order.size() != graph.ops.size() || !isPermutation(plan.order))
        return tl::unexpected(foreignPlan(graph));
    std::map<Key, const PlannedBuffer*> planned;
    Keys planKeys, trueKeys;
    for (const PlannedBuffer& buffer : plan.buffers) {
        if (!isOf(graph, buffer)) return tl::unexpected(foreignPlan(graph));
        planned[planKeys.next(buffer)] = &buffer;
    }
    MemoryPlan placed = plan;
    placed.buffers.clear();
    for (PlannedBuffer& buffer : trueBuffers(graph, plan, ops)) {
        const auto found = planned.find(trueKeys.next(buffer));
        if (found == planned.end()) continue;  // lower() reports a missing buffer
        buffer.offset = found->second->offset;
        buffer.overwrites = found->second->overwrites;
        if (buffer.overwrites >= 0 && !mayLieOver(graph, plan, ops, buffer))
            return types::fail("memory plan writes it over an input, which the kernel cannot",
                               nameOf(graph, plan, buffer));
        placed.buffers.push_back(buffer);
    }
    if (const auto clash = memory::firstClash(placed))
        return types::fail("memory plan lets it share bytes that are in use",
                           nameOf(graph, plan, placed.buffers[*clash]));
    return {};
}

std::vector<int32_t> overwritableBy(const Graph& graph, const types::Op& op, const OpPlan& plan) {
    if (op.outputs.empty()) return {};
    // One tensor may be several operands, and all of them must permit it.
    std::map<int32_t, bool> allowed;
    for (size_t i = 0; i < plan.inputs.size(); ++i) {
        if (plan.inputs[i] < 0) continue;
        bool& all = allowed.try_emplace(plan.inputs[i], true).first->second;
        all = all && runtime::mayOverwrite(static_cast<uint32_t>(plan.kernel), plan.params.data(),
                                           static_cast<uint32_t>(i));
    }
    const int64_t outputBytes = graph.tensor(op.outputs[0]).bytes();
    std::vector<int32_t> result;
    for (const auto& [tensor, all] : allowed)
        if (all && graph.tensor(tensor).bytes() >= outputBytes) result.push_back(tensor);
    return result;
}

}  // namespace lowering
