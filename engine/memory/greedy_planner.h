// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The arena plan as TFLM's greedy planner makes it, so that our offsets are the device's offsets.
//
// Sizes are rounded up to 16 bytes. Buffers are placed largest first, of equal ones the later in
// the list first; each at the lowest offset where it fits between the buffers already placed that
// are alive at the same time, looked through in order of offset. The list is: tensors in index
// order, then scratch buffers in operator order.
// Source: tflite-micro, memory_planner/greedy_memory_planner (algorithm only).

#include <optional>
#include <vector>

#include "types/graph.h"
#include "types/memory_plan.h"

namespace memory {

/// Scratch sizes in bytes, one list per operator, as the kernels ask for them.
using ScratchNeeds = std::vector<std::vector<int64_t>>;

/// Buffers of a validated graph: activations with their lifetimes (constants and variables are
/// not in the arena), then scratch. Offsets are still zero.
std::vector<types::PlannedBuffer> plannedBuffers(const types::Graph& graph,
                                                 const ScratchNeeds& scratch);

types::MemoryPlan planGreedy(const types::Graph& graph, const ScratchNeeds& scratch);

/// Largest sum of sizes alive at one operator: no plan can need less.
int64_t lowerBound(const std::vector<types::PlannedBuffer>& buffers, int32_t opCount,
                   int32_t* peakOp = nullptr);

/// The first buffer that is not aligned, leaves the arena, or shares a byte with one that lives at
/// the same time, but for one that takes over the other's place; nothing where all is well.
std::optional<size_t> firstClash(const types::MemoryPlan& plan);

/// Nothing clashes; asserted in every test.
bool isConsistent(const types::MemoryPlan& plan);

}  // namespace memory
