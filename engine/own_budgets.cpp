// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/own_budgets.h"

#include "engine/own_code.h"
#include "lowering/execution.h"
#include "runtime/program.h"

namespace engine {

using lowering::Target;

Target targetOf(const types::DeviceProfile& device) {
    if (device.core == "Cortex-M55") return Target::CortexMMve;
    for (const char* core : {"Cortex-M4", "Cortex-M7", "Cortex-M33"})
        if (device.core.starts_with(core)) return Target::CortexMDsp;
    return Target::Portable;
}

types::Result<cost::MemoryBudgets> ownBudgets(const types::Graph& graph,
                                              const types::MemoryPlan& plan,
                                              const types::DeviceProfile& device) {
    const Target target = targetOf(device);
    const auto lowered = lowering::lower(graph, plan, target);
    if (!lowered) return tl::unexpected(lowered.error());
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered->words->data());
    return cost::MemoryBudgets{cost::ownFlashBudget(static_cast<int64_t>(lowered->programBytes),
                                                    ownCode(program, graph, target), device),
                               cost::ownSramBudget(program.arenaBytes, program.stateBytes, device)};
}

}  // namespace engine
