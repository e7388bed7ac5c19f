// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Budgets: the flash and SRAM that a model needs on a device, line by line, compared with what the
// device has. Flash: the model file and the device's reserved lines (runtime code, ...). SRAM: the
// arena and the reserved lines (runtime, stack, ...). Where RAM has several regions, the arena must
// fit one of them, because TFLM and our runtime need it in one block; other lines may lie in any
// region.
//
// A part that is unknown makes the whole a lower bound: Budget::unknownReason says which and why.
// Under TFLM, flash also states the spread of code in published builds.
//
// Reserved lines whose name begins with "TFLM" belong to that runtime; ours has its own lines.

#include <vector>

#include "types/device_profile.h"
#include "types/evaluation.h"

namespace footprint {

/// Under TFLM.
types::Budget flashBudget(int64_t modelBytes, const types::DeviceProfile& device);
types::Budget sramBudget(const types::TflmArena& arena, const types::DeviceProfile& device);

/// The same under our own runtime: flash holds a Program and the code that runs it; SRAM holds
/// arena, state, static data and stack.
types::Budget netcaliperFlashBudget(int64_t programBytes,
                                    const std::vector<types::BudgetLine>& code,
                                    const types::DeviceProfile& device);
types::Budget netcaliperSramBudget(int64_t arenaBytes, int64_t stateBytes,
                                   const types::DeviceProfile& device);

}  // namespace footprint
