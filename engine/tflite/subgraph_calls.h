// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Operators refer to subgraphs by index: control flow, composites, StableHLO. The indices must be
// valid, and recursive subgraphs would loop in every runtime.

#include <functional>
#include <set>

#include "tflite/schema.h"
#include "types/result.h"

namespace tflite {

/// Returns an Error where a called subgraph does not exist or can reach itself.
types::Result<void> checkSubgraphCalls(const schema::Model& model);

/// Returns the subgraphs that some operator calls. The calls must be sound.
std::set<int32_t> calledSubgraphs(const schema::Model& model);

/// Calls visit(index) for every subgraph that an operator refers to; `visit` may change it.
void forEachCall(schema::OperatorT& op, const std::function<void(int32_t&)>& visit);

}  // namespace tflite
