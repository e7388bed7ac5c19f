// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TFLM's arena with a chosen release of a kernel library. Bytes.

#include "types/support.h"
#include "types/graph.h"
#include "types/memory_plan.h"

namespace cost {
struct KernelBuild;
}

namespace footprint {

/// `plan`: of the first subgraph, greedy, with the scratch of the reference kernels.
types::TflmArena tflmArena(const types::Graph& graph, const types::MemoryPlan& plan,
                           const cost::KernelBuild& library);

types::KernelArena kernelArena(const types::Graph& graph, const cost::KernelBuild& library);

/// For every release of the family of `chosen`, for its core, oldest first.
std::vector<types::KernelArena> kernelArenas(const types::Graph& graph,
                                             const cost::KernelBuild& chosen);

}  // namespace footprint
