// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a kernel's Prepare adds to the persistent part of the arena, beyond the data of fixed size
// that Init keeps (tflm_sizes.h): multipliers and shifts a channel, look-up tables, copies of
// shapes, sums of weights. Source: as tflm_sizes.h.

#include <vector>

#include "cost/tflm/tflm_sizes.h"
#include "types/graph.h"

namespace cost {

/// Sizes in bytes, in the order of allocation.
std::vector<int64_t> prepareAllocations(const types::Graph& graph, const types::Op& op,
                                        TflmBuild build);

}  // namespace cost
