// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/kernel_arena.h"

#include "cost/tflm/tflm_arena.h"
#include "footprint/tflm_plans.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"

namespace footprint {
namespace {

std::string sourceOf(const cost::KernelBuild& library) {
    for (const cost::KernelRelease& release : cost::releasesOf(library.family))
        if (release.version == library.version) return std::string(release.source);
    return "tflite-micro 90b983c2";
}

std::optional<int64_t> sumOf(const cost::KernelScratch& scratch) {
    if (!scratch.gap.empty()) return std::nullopt;
    int64_t sum = 0;
    for (int64_t bytes : scratch.bytes)
        sum += bytes;
    return sum;
}

}  // namespace

types::TflmArena tflmArena(const types::Graph& graph, const types::MemoryPlan& plan,
                           const cost::KernelBuild& library) {
    return cost::tflmArena(graph, tflmPlans(graph, plan), library);
}

types::KernelArena kernelArena(const types::Graph& graph, const cost::KernelBuild& library) {
    const memory::ScratchNeeds needs = lowering::scratchNeeds(graph);
    types::KernelArena result{cost::nameOf(library),
                              sourceOf(library),
                              tflmArena(graph, memory::planGreedy(graph, needs), library),
                              {}};
    for (const cost::KernelScratch& scratch : cost::kernelScratches(graph, needs, library))
        result.scratchBytes.push_back(sumOf(scratch));
    return result;
}

std::vector<types::KernelArena> kernelArenas(const types::Graph& graph,
                                             const cost::KernelBuild& chosen) {
    std::vector<types::KernelArena> result;
    for (const cost::KernelBuild& library : cost::allReleases(chosen.family, chosen.core))
        result.push_back(kernelArena(graph, library));
    return result;
}

}  // namespace footprint
