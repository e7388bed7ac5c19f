// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Predicts the result of TFLM's arena_used_bytes(): the planned part (byte for byte) and the
// persistent part (evaluation tensors, persistent tensors and their quantization, node and
// registration array, op data, variable buffers) of all subgraphs, on a 64-bit host with reference
// kernels and on a microcontroller with the kernels of a library.
//
// Resource variables (VAR_HANDLE) are counted in the arena, where an application creates them with
// MicroResourceVariables::Create: as many places as the first subgraph has handles, and the state
// of every variable that a subgraph with its handle assigns.
//
// Where something is not known, TflmArena says what and why, and gives no number for it.

#include "cost/tflm/kernel_scratch.h"
#include "memory/greedy_planner.h"
#include "types/evaluation.h"
#include "types/graph.h"

namespace cost {

/// `plan`: of the first subgraph, with the scratch of the reference kernels. `others`: that scratch
/// for each further subgraph. `scratchGap`: why some scratch is not known; empty: all is.
struct TflmPlans {
    const types::MemoryPlan& plan;
    std::vector<memory::ScratchNeeds> others = {};
    std::string scratchGap = {};
};

types::TflmArena tflmArenaHost64(const types::Graph& graph, const TflmPlans& plans);
/// With tflmsOwnLibrary().
types::TflmArena tflmArenaCortexM(const types::Graph& graph, const TflmPlans& plans);
types::TflmArena tflmArena(const types::Graph& graph, const TflmPlans& plans,
                           const KernelBuild& library);

/// Scratch of each operator of `graph` alone. `reference`: as in TflmPlans.
std::vector<KernelScratch> kernelScratches(const types::Graph& graph,
                                           const memory::ScratchNeeds& reference,
                                           const KernelBuild& library);

}  // namespace cost
