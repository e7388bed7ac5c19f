// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Checks a file's own memory plan ("OfflineMemoryAllocation" metadata: int32 version, subgraph,
// count, then one arena offset per tensor, -1: not planned). TFLM trusts the plan, and a wrong one
// makes the device write outside its arena, so a file with an impossible plan is refused.

#include "tflite/schema.h"
#include "types/graph.h"
#include "types/result.h"

namespace tflite {

types::Result<void> checkOfflinePlan(const schema::Model& model, const types::Graph& graph);

}  // namespace tflite
