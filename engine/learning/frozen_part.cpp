// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/frozen_part.h"

#include <algorithm>
#include <cstring>

#include "calibration/model_inputs.h"

namespace learning {

using types::Result;

namespace {

/// Activations of the frozen part that are read outside of it.
std::vector<int32_t> readOutside(const types::Graph& graph, const NetworkPlan& plan) {
    std::set<int32_t> written;
    for (size_t op : plan.frozenOps)
        written.insert(graph.ops[op].outputs.begin(), graph.ops[op].outputs.end());
    std::set<int32_t> read;
    const auto add = [&](int32_t tensor) {
        if (written.contains(tensor)) read.insert(tensor);
    };
    std::ranges::for_each(plan.outputs, add);
    for (const RuleOp& op : plan.ops)
        std::ranges::for_each(graph.ops[op.op].inputs, add);
    return {read.begin(), read.end()};
}

}  // namespace

Result<FrozenPart> FrozenPart::create(const types::Graph& graph, const NetworkPlan& plan,
                                      size_t workers) {
    FrozenPart part;
    part.m_graph = graph;
    part.m_graph.ops.clear();
    for (size_t op : plan.frozenOps)
        part.m_graph.ops.push_back(graph.ops[op]);
    part.m_graph.outputs = readOutside(graph, plan);
    auto execution = lowering::Execution::create(part.m_graph);
    if (!execution) return tl::unexpected(execution.error());
    part.m_executions.push_back(std::move(*execution));
    while (part.m_executions.size() < workers)
        part.m_executions.push_back(part.m_executions[0].sibling());
    return part;
}

Result<void> FrozenPart::run(const std::vector<Slot>& slots, size_t sample, size_t worker) {
    lowering::Execution& execution = m_executions[worker];
    calibration::RealSample values;
    for (int32_t input : m_graph.inputs) {
        const Slot& slot = slots[static_cast<size_t>(input)];
        const float* from = slot.value + sample * slot.size;
        values.emplace_back(from, from + slot.size);
    }
    execution.resetState();
    const auto fill = [&](lowering::Execution& one) -> Result<void> {
        calibration::writeInputs(m_graph, values, one);
        return {};
    };
    if (auto ran = execution.invokeHops(fill); !ran) return ran;
    for (size_t i = 0; i < m_graph.outputs.size(); ++i) {
        const Slot& slot = slots[static_cast<size_t>(m_graph.outputs[i])];
        std::memcpy(slot.value + sample * slot.size, execution.output(i).data(),
                    slot.size * sizeof(float));
    }
    return {};
}

}  // namespace learning
