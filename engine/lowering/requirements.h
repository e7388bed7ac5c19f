// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the runtime asks of a graph before it can run it: kernels that exist, scratch they need.

#include "memory/in_place.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/target.h"

namespace lowering {

/// Nothing, or the reason why operator `op` of a validated graph has no kernel here ("CONV_2D with
/// float32 activations and int8 weights (hybrid) is not supported by TFLM either").
types::Result<void> checkRunnable(const types::Graph& graph, size_t op);

/// The first reason of all operators.
types::Result<void> checkRunnable(const types::Graph& graph);

/// What a plan rests on, as the kernels state it; empty lists for operators without a kernel.
struct PlanNeeds {
    memory::ScratchNeeds scratch;
    memory::Overwritable overwritable;  ///< inputs over which an output may be written
};
PlanNeeds planNeeds(const types::Graph& graph, types::Isa isa = types::Isa::Portable);

/// Scratch alone: all that TFLM's planner knows of.
memory::ScratchNeeds scratchNeeds(const types::Graph& graph, types::Isa isa = types::Isa::Portable);

/// The plan for our own runtime, which nobody else has to follow: the best one, in place.
types::MemoryPlan netcaliperPlan(const types::Graph& graph, types::Isa isa = types::Isa::Portable);

}  // namespace lowering
