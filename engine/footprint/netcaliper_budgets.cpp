// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/netcaliper_budgets.h"

#include "footprint/code_size.h"
#include "lowering/execution.h"
#include "runtime/program.h"

namespace footprint {

using lowering::Target;

Target targetOf(const types::DeviceProfile& device) {
    if (device.core == "Cortex-M55") return Target::CortexMMve;
    for (const char* core : {"Cortex-M4", "Cortex-M7", "Cortex-M33"})
        if (device.core.starts_with(core)) return Target::CortexMDsp;
    return Target::Portable;
}

types::Result<cost::MemoryBudgets> netcaliperBudgets(const types::Graph& graph,
                                                     const types::MemoryPlan& plan,
                                                     const types::DeviceProfile& device) {
    const Target target = targetOf(device);
    const auto lowered = lowering::lower(graph, plan, target);
    if (!lowered) return tl::unexpected(lowered.error());
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered->words->data());
    return cost::MemoryBudgets{
        cost::netcaliperFlashBudget(static_cast<int64_t>(lowered->programBytes),
                                    codeSize(program, graph, target), device),
        cost::netcaliperSramBudget(program.arenaBytes, program.stateBytes, device)};
}

}  // namespace footprint
