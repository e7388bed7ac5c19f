// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scratch of TFLM's kernels under a library: the request of the library's kernel where there is
// one, else that of the reference kernel.

#include <string>

#include "cost/tflm/kernel_library.h"
#include "memory/greedy_planner.h"
#include "types/graph.h"

namespace cost {

/// Requests of one operator in bytes, in their order.
struct KernelScratch {
    std::vector<int64_t> bytes;
    std::string gap;  ///< why they are not known; empty: they are
};

/// `reference`: the requests of the reference kernel on a 64-bit host.
KernelScratch kernelScratch(const types::Graph& graph, const types::Op& op,
                            std::vector<int64_t> reference, const KernelBuild& library);

}  // namespace cost
