// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/netcaliper_budgets.h"

#include "footprint/code_size.h"
#include "lowering/execution.h"
#include "runtime/program.h"
#include "types/target.h"

namespace footprint {

types::Result<cost::MemoryBudgets> netcaliperBudgets(const types::Graph& graph,
                                                     const types::MemoryPlan& plan,
                                                     const types::DeviceProfile& device) {
    const types::Isa isa = types::isaOf(device.core);
    const auto lowered = lowering::lower(graph, plan, isa);
    if (!lowered) return tl::unexpected(lowered.error());
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered->words->data());
    return cost::MemoryBudgets{
        cost::netcaliperFlashBudget(static_cast<int64_t>(lowered->programBytes),
                                    codeSize(program, graph, isa), device),
        cost::netcaliperSramBudget(program.arenaBytes, program.stateBytes, device)};
}

}  // namespace footprint
