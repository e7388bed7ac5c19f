// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Requirements of the runtime for a graph: existing kernels, and the scratch that they need.

#include <optional>

#include "memory/in_place.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/target.h"

namespace lowering {

/// The graph as it is lowered: with folded constants (analysis/fold_constants.h), but with the same
/// operators and tensors at the same indices. Empty where there is nothing to fold.
std::optional<types::Graph> folded(const types::Graph& graph);

/// Returns an Error where an operator reads memory that nothing writes (validate() accepts it).
types::Result<void> checkWritten(const types::Graph& graph);

/// Returns an Error with the reason why operator `op` of a validated graph has no kernel here
/// ("CONV_2D with float32 activations and int8 weights (hybrid) is not supported by TFLM either").
types::Result<void> checkRunnable(const types::Graph& graph, size_t op);

/// Returns the first such Error of all operators.
types::Result<void> checkRunnable(const types::Graph& graph);

/// The kernels' requirements for a memory plan; empty lists for operators without a kernel. An
/// operator that calls subgraphs has their memory as scratch.
struct PlanNeeds {
    memory::ScratchNeeds scratch;
    memory::Overwritable overwritable;  ///< inputs that an output may overwrite
};
PlanNeeds planNeeds(const types::Graph& graph, types::Isa isa = types::Isa::Portable);

/// Scratch alone, which is all that TFLM's planner takes (it plans called subgraphs otherwise).
memory::ScratchNeeds scratchNeeds(const types::Graph& graph, types::Isa isa = types::Isa::Portable);

/// The plan for our own runtime: the best one, in place; no other runtime must follow it.
types::MemoryPlan netcaliperPlan(const types::Graph& graph, types::Isa isa = types::Isa::Portable);

}  // namespace lowering
