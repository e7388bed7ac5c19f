// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What TFLM_DECODE's Prepare allocates in the persistent part of the arena: a pointer for each
// output, then for each a state of its method, and for pruning the zero points of channels. Source:
// as in tflm_sizes.h (kernels/decode.cc, decode_state_*.h).

#include <vector>

#include "cost/tflm/tflm_sizes.h"
#include "types/graph.h"

namespace cost {

/// Sizes in bytes, in the order of allocation.
std::vector<int64_t> decodeAllocations(const types::Graph& graph, const types::Op& op,
                                       TflmBuild build);

}  // namespace cost
