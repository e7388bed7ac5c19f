// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A planner that never needs more than the greedy one and reaches the lower bound where it can.
//
// It places buffers at the lowest fit like greedy, in several orders: greedy's own, by lifetime,
// by area, by first use; and where none reaches the bound, it improves the best order by moving
// the buffers that stick out at the top to the front (a fixed number of deterministic steps). For
// our own runtime and for TFLM's offline planning; TFLM by itself plans greedily.
//
// Told which inputs kernels may overwrite, it also plans in place, and the bound is that of all
// plans that do; for our own runtime only.

#include "memory/in_place.h"

namespace memory {

types::MemoryPlan planBest(const types::Graph& graph, const ScratchNeeds& scratch,
                           const Overwritable& overwritable = {});

}  // namespace memory
