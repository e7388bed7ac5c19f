// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/footprint.h"

#include "cost/tflm/tflm_arena.h"
#include "cost/tflm/tflm_sizes.h"
#include "footprint/budget.h"
#include "footprint/code_size.h"
#include "footprint/kernel_arena.h"
#include "footprint/tflm_plans.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "runtime/program.h"
#include "tflite/write.h"
#include "types/chosen_schedule.h"

namespace footprint {
namespace {

using namespace types;

/// With the kernels of the board; those of CMSIS-NN on a Cortex-M4 where they are not known.
TflmArena arenaOn(const Graph& graph, const TflmNeeds& needs, const DeviceProfile& device) {
    const auto library = cost::libraryOf(device);
    if (!library || *library == cost::tflmsOwnLibrary()) return needs.arenas.cortexM;
    return tflmArena(graph, needs.plan, *library);
}

Footprint underTflm(const Graph& graph, const TflmNeeds& needs, const DeviceProfile& device) {
    return {Runtime::Tflm, needs.plan, flashBudget(needs.fileBytes, device),
            sramBudget(arenaOn(graph, needs, device), device)};
}

/// An operator that TFLM runs with scratch and that we cannot prepare; empty: none.
std::string scratchGap(const Graph& graph) {
    for (size_t op = 0; op < graph.ops.size(); ++op)
        if (cost::requestsScratch(graph.ops[op]) && !lowering::checkRunnable(graph, op))
            return "the scratch of " + opLabel(graph, op) + " is not known";
    return {};
}

Result<Footprint> ofProgram(const Result<lowering::Lowered>& lowered, MemoryPlan plan,
                            const Graph& graph, const DeviceProfile& device) {
    if (!lowered) return tl::unexpected(lowered.error());
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered->words->data());
    return Footprint{Runtime::Netcaliper, std::move(plan),
                     netcaliperFlashBudget(static_cast<int64_t>(lowered->programBytes),
                                           codeSize(program, graph, isaOf(device.core)), device),
                     netcaliperSramBudget(program.arenaBytes, program.stateBytes, device)};
}

Result<Footprint> underNetcaliper(const Graph& graph, const DeviceProfile& device) {
    const Isa isa = isaOf(device.core);
    MemoryPlan plan = lowering::netcaliperPlan(graph, isa);
    const auto lowered = lowering::lower(graph, plan, isa);
    return ofProgram(lowered, std::move(plan), graph, device);
}

}  // namespace

Verdict Footprint::verdict() const {
    if (flash.exceeds() || sram.exceeds()) return Verdict::Exceeds;
    return flash.isKnown() && sram.isKnown() ? Verdict::Fits : Verdict::Unknown;
}

std::string Footprint::unknownReason() const {
    if (flash.isKnown() || sram.isKnown()) return flash.unknownReason + sram.unknownReason;
    return "flash: " + flash.unknownReason + "; SRAM: " + sram.unknownReason;
}

cost::TflmPlans tflmPlans(const Graph& graph, const MemoryPlan& plan) {
    cost::TflmPlans plans{plan, {}, scratchGap(graph)};
    for (size_t i = 0; i < graph.others.size(); ++i) {
        if (!graph.others[i].problem.empty()) {  // tflmArena() says so
            plans.others.emplace_back();
            continue;
        }
        const Graph other = subgraphOf(graph, i + 1);
        plans.others.push_back(lowering::scratchNeeds(other));
        if (plans.scratchGap.empty()) plans.scratchGap = scratchGap(other);
    }
    return plans;
}

TflmArenas tflmArenas(const Graph& graph, const MemoryPlan& plan) {
    const cost::TflmPlans plans = tflmPlans(graph, plan);
    return {cost::tflmArenaHost64(graph, plans), cost::tflmArenaCortexM(graph, plans)};
}

TflmNeeds tflmNeeds(const Graph& graph) {
    return tflmNeeds(graph, static_cast<int64_t>(tflite::writeBytes(graph).size()));
}

TflmNeeds tflmNeeds(const Graph& graph, int64_t fileBytes) {
    MemoryPlan plan = memory::planGreedy(graph, lowering::scratchNeeds(graph));
    TflmArenas arenas = tflmArenas(graph, plan);
    return {fileBytes, std::move(plan), std::move(arenas)};
}

Result<Footprint> of(const Graph& graph, const DeviceProfile& device, Runtime runtime) {
    if (runtime == Runtime::Netcaliper) return underNetcaliper(graph, device);
    return underTflm(graph, tflmNeeds(graph), device);
}

Result<Footprint> ofBands(const Graph& graph, const DeviceProfile& device, const BandPlan& plan) {
    return ofProgram(lowering::lowerBands(graph, plan, isaOf(device.core)), memoryPlanOf(plan),
                     graph, device);
}

Footprint of(const Graph& graph, const DeviceProfile& device, const TflmNeeds& tflm) {
    if (runtimeOf(device) == Runtime::Netcaliper)
        if (auto own = underNetcaliper(graph, device)) return std::move(*own);
    return underTflm(graph, tflm, device);
}

}  // namespace footprint
