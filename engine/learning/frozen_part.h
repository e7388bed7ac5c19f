// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to Network: the operators that the runtime computes, sample by sample.

#include "learning/network_plan.h"
#include "lowering/execution.h"

namespace learning {

class FrozenPart {
public:
    /// Computes the activations that rules or the outputs read; `workers` runs at a time.
    static types::Result<FrozenPart> create(const types::Graph& graph, const NetworkPlan& plan,
                                            size_t workers);

    /// Activations that run() writes.
    const std::vector<int32_t>& outputs() const { return m_graph.outputs; }
    types::Result<void> run(const std::vector<Slot>& slots, size_t sample, size_t worker);

private:
    types::Graph m_graph;
    std::vector<lowering::Execution> m_executions;
};

}  // namespace learning
