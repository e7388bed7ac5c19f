// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scratch of TFLM's kernels on a Cortex-M with the DSP extension (M4, M7, M33): where a CMSIS-NN
// kernel runs, what that kernel asks for; elsewhere what the reference kernel asks for on the host.
// Cores with MVE (M55, M85) ask for more and are not modelled.
// Source: the get_buffer_size functions of CMSIS-NN and the Prepare functions of
// tflite-micro/micro/kernels/cmsis_nn (revision as tflm_sizes.h).

#include "memory/greedy_planner.h"
#include "types/graph.h"
#include "types/memory_plan.h"

namespace cost {

/// One list per operator. `hostPlan` holds the scratch of the reference kernels.
memory::ScratchNeeds cortexMScratch(const types::Graph& graph, const types::MemoryPlan& hostPlan);

}  // namespace cost
