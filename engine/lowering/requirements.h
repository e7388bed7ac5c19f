// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the runtime asks of a graph before it can run it: kernels that exist, scratch they need.

#include "lowering/target.h"
#include "memory/greedy_planner.h"
#include "types/graph.h"
#include "types/result.h"

namespace lowering {

/// Nothing, or the reason why operator `op` of a validated graph has no kernel here ("CONV_2D with
/// float32 activations and int8 weights (hybrid) is not supported by TFLM either").
types::Result<void> checkRunnable(const types::Graph& graph, size_t op);

/// The first reason of all operators.
types::Result<void> checkRunnable(const types::Graph& graph);

/// Scratch of every operator as its kernel states it; empty lists for operators without a kernel.
memory::ScratchNeeds scratchNeeds(const types::Graph& graph, Target target = Target::Portable);

}  // namespace lowering
