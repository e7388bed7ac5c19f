// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scratch of TFLM's kernels on a Cortex-M with the DSP extension (M4, M7, M33): the request of the
// CMSIS-NN kernel where there is one, else that of the reference kernel on the host. Cores with MVE
// (M55, M85) request more and are not modelled. Source: the get_buffer_size functions of CMSIS-NN
// and the Prepare functions of tflite-micro/micro/kernels/cmsis_nn (revision in tflm_sizes.h).

#include "memory/greedy_planner.h"
#include "types/graph.h"

namespace cost {

/// Returns one list per operator. `reference`: the scratch of the reference kernels.
memory::ScratchNeeds cortexMScratch(const types::Graph& graph, memory::ScratchNeeds reference);

}  // namespace cost
