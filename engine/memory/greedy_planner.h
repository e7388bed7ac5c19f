// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The arena plan of TFLM's greedy planner, byte for byte, so that our offsets equal the device's.
//
// Sizes are rounded up to 16 bytes. Buffers are placed largest first; of equal sizes, the later in
// the list first. Each buffer gets the lowest offset where it fits between the placed buffers that
// are alive at the same time, searched in order of offset. The list holds the tensors in index
// order, then the scratch buffers in operator order. Source: tflite-micro,
// memory_planner/greedy_memory_planner (algorithm only).

#include <optional>
#include <vector>

#include "types/graph.h"
#include "types/memory_plan.h"

namespace memory {

/// Scratch sizes in bytes, one list per operator, as the kernels request them.
using ScratchNeeds = std::vector<std::vector<int64_t>>;

/// Returns the buffers of a validated graph: activations with their lifetimes, then scratch.
/// Constants and variables are not in the arena. All offsets are zero.
std::vector<types::PlannedBuffer> plannedBuffers(const types::Graph& graph,
                                                 const ScratchNeeds& scratch);

/// Sets the offsets of `buffers`, whatever their times refer to, and returns the end of the
/// highest.
int64_t placeGreedily(std::vector<types::PlannedBuffer>& buffers);

types::MemoryPlan planGreedy(const types::Graph& graph, const ScratchNeeds& scratch);

/// Largest sum of sizes alive at one operator: no plan of these buffers needs less.
int64_t lowerBound(const std::vector<types::PlannedBuffer>& buffers, int32_t opCount,
                   int32_t* peakOp = nullptr);

/// Returns the first buffer that is misaligned, exceeds the arena, or overlaps a buffer alive at
/// the same time without overwriting it; empty for a sound plan.
std::optional<size_t> firstClash(const types::MemoryPlan& plan);

/// True where firstClash() finds none; asserted in every test.
bool isConsistent(const types::MemoryPlan& plan);

}  // namespace memory
