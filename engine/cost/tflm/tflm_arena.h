// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Predicts the result of TFLM's arena_used_bytes(): the planned part (byte for byte) and the
// persistent part (evaluation tensors, persistent tensors and their quantization, node and
// registration array, op data, variable buffers), on a 64-bit host with reference kernels and on a
// Cortex-M with CMSIS-NN.

#include "types/evaluation.h"
#include "types/graph.h"

namespace cost {

types::TflmArena tflmArenaHost64(const types::Graph& graph, const types::MemoryPlan& plan);
types::TflmArena tflmArenaCortexM(const types::Graph& graph, const types::MemoryPlan& plan);

}  // namespace cost
