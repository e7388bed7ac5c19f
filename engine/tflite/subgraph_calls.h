// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Control flow refers to subgraphs by index. The first subgraph is explored and the others are only
// carried, but their indices must be valid: recursive subgraphs would loop in every runtime.

#include "schema_generated.h"
#include "types/result.h"

namespace tflite {

/// Returns an Error where a called subgraph does not exist or can reach itself.
types::Result<void> checkSubgraphCalls(const schema::Model& model);

}  // namespace tflite
