// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The planned part of TFLM's arena for a model of several subgraphs. TFLM gives all of them one
// plan: time runs through the first subgraph, and through a called one at the operator that calls
// it. The tensors of a subgraph that nobody calls, such as that of a second signature, live
// together at a time of their own. Source: tflite-micro, micro/micro_allocation_info (lifetimes
// only).

#include <optional>
#include <vector>

#include "memory/greedy_planner.h"
#include "types/graph.h"

namespace cost {

/// One subgraph of a file with the scratch of its operators, in bytes.
struct PlannedSubgraph {
    types::GraphPtr graph;
    memory::ScratchNeeds scratch;
};

/// `subgraphs`: all of the file, in its order; their calls must not form a loop, as in every model
/// that was read. Returns bytes, or nothing for calls that are nested too deeply to be followed.
std::optional<int64_t> plannedBytes(const std::vector<PlannedSubgraph>& subgraphs);

}  // namespace cost
