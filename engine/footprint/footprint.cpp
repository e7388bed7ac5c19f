// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/footprint.h"

#include <algorithm>

#include "cost/budget.h"
#include "cost/tflm/tflm_arena.h"
#include "footprint/netcaliper_budgets.h"
#include "lowering/requirements.h"
#include "memory/operator_order.h"
#include "tflite/write.h"

namespace footprint {
namespace {

using namespace types;

/// The search of an order is one of many steps here, so it is kept short.
constexpr size_t kOrderStates = 10'000;

MemoryTrial underTflm(const DeviceProfile& device, const GraphPtr& graph,
                      const memory::ScratchNeeds& scratch) {
    const auto plan = memory::planGreedy(*graph, scratch);
    const auto fileBytes = static_cast<int64_t>(tflite::writeBytes(*graph).size());
    return {graph, false, cost::flashBudget(fileBytes, device),
            cost::sramBudget(cost::tflmArenaCortexM(*graph, plan), device)};
}

MemoryTrial underTflm(const DeviceProfile& device, const GraphPtr& graph, bool mayReorder) {
    const auto scratch = lowering::scratchNeeds(*graph);
    MemoryTrial asIs = underTflm(device, graph, scratch);
    if (!mayReorder || asIs.sram.fits()) return asIs;
    const auto found = memory::searchOrder(*graph, scratch, {}, kOrderStates);
    if (std::is_sorted(found.order.begin(), found.order.end())) return asIs;
    const auto reordered = std::make_shared<const Graph>(memory::withOrder(*graph, found.order));
    MemoryTrial trial = underTflm(device, reordered, memory::withOrder(scratch, found.order));
    trial.isReordered = true;
    return trial.sram.usedBytes < asIs.sram.usedBytes ? trial : asIs;
}

Result<MemoryTrial> underOurs(const DeviceProfile& device, const GraphPtr& graph) {
    auto budgets =
        netcaliperBudgets(*graph, lowering::netcaliperPlan(*graph, isaOf(device.core)), device);
    if (!budgets) return tl::unexpected(budgets.error());
    return MemoryTrial{graph, false, std::move(budgets->flash), std::move(budgets->sram)};
}

}  // namespace

int64_t MemoryTrial::excessBytes() const {
    return std::max<int64_t>(0, -flash.spareBytes()) + std::max<int64_t>(0, -sram.spareBytes());
}

Result<MemoryTrial> tryOn(const DeviceProfile& device, const GraphPtr& graph, Runtime runtime,
                          bool mayReorder) {
    if (runtime == Runtime::Netcaliper) return underOurs(device, graph);
    return underTflm(device, graph, mayReorder);
}

}  // namespace footprint
