// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a model needs of a board's memories under our own runtime: a Program lowered for the board's
// core, the code it calls, the arena of a plan in place.
//
// Thread rules: pure functions.

#include "cost/budget.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/memory_plan.h"
#include "types/result.h"

namespace footprint {

/// `plan`: made in place for the device's core. Errors: a model that our runtime cannot run.
types::Result<cost::MemoryBudgets> netcaliperBudgets(const types::Graph& graph,
                                                     const types::MemoryPlan& plan,
                                                     const types::DeviceProfile& device);

}  // namespace footprint
