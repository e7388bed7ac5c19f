// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// An arena planner that never needs more than the greedy planner and reaches the lower bound where
// it can.
//
// Like the greedy planner it places each buffer at the lowest offset where it fits, but it tries
// several orders: greedy's own, by lifetime, by area, by first use. If none reaches the bound, it
// improves the best order by moving the buffers that end at the top of the arena to the front, for
// a fixed number of deterministic steps. Plans are for our own runtime and for TFLM's offline
// planning; TFLM's own planner is greedy.
//
// Given the inputs that kernels may overwrite, it also plans in place; the bound is then the least
// over all in-place plans. In-place plans are for our own runtime only.

#include "memory/in_place.h"

namespace memory {

types::MemoryPlan planBest(const types::Graph& graph, const ScratchNeeds& scratch,
                           const Overwritable& overwritable = {});

}  // namespace memory
