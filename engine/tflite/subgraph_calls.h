// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Control flow names subgraphs by index. The explored subgraph is the first; the others are only
// carried, but their indices must be sound: a file whose subgraphs call themselves would loop in
// every runtime.

#include "schema_generated.h"
#include "types/result.h"

namespace tflite {

/// Every called subgraph exists and none reaches itself.
types::Result<void> checkSubgraphCalls(const schema::Model& model);

}  // namespace tflite
