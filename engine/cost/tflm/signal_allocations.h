// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the kernels of TFLM's signal library allocate beyond their fixed-size data
// (prepare_allocations.h): circular buffers, states, and the configurations of KISS FFT 130.

#include <vector>

#include "cost/tflm/tflm_sizes.h"
#include "types/graph.h"

namespace cost {

/// Sizes in bytes; none for other operators, and for options that TFLM refuses.
std::vector<int64_t> signalAllocations(const types::Graph& graph, const types::Op& op,
                                       TflmBuild build);

}  // namespace cost
