// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The plans and the scratch that TFLM's arena rests on, for all subgraphs of a model.

#include "cost/tflm/tflm_arena.h"

namespace footprint {

/// `plan`: as in kernel_arena.h; it must outlive the result.
cost::TflmPlans tflmPlans(const types::Graph& graph, const types::MemoryPlan& plan);

}  // namespace footprint
