// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a kernel's Prepare allocates in the persistent part of the arena, beyond the fixed-size data
// of Init (tflm_sizes.h): multipliers and shifts per channel, look-up tables, copies of shapes,
// weight sums. Source: as in tflm_sizes.h.

#include <vector>

#include "cost/tflm/tflm_sizes.h"
#include "types/graph.h"

namespace cost {

/// Sizes in bytes, in the order of allocation.
std::vector<int64_t> prepareAllocations(const types::Graph& graph, const types::Op& op,
                                        TflmBuild build);

}  // namespace cost
