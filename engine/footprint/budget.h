// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Does it fit? The flash and SRAM that a model needs on a device, line by line, against what the
// device has. Flash: the model file and the device's reserved lines (runtime code, ...). SRAM: the
// arena and the reserved lines (runtime, stack, ...). Where a device's RAM is in several regions,
// the arena, which TFLM and our own runtime both want in one block, must fit one of them; the other
// lines may lie in any.
//
// Reserved lines whose name begins with "TFLM" are of that runtime; ours has lines of its own.

#include <vector>

#include "types/device_profile.h"
#include "types/evaluation.h"

namespace footprint {

/// Under TFLM.
types::Budget flashBudget(int64_t modelBytes, const types::DeviceProfile& device);
types::Budget sramBudget(const types::TflmArena& arena, const types::DeviceProfile& device);

/// The same under our own runtime: a Program and the code that runs it in flash; arena, state,
/// static data and stack in SRAM.
types::Budget netcaliperFlashBudget(int64_t programBytes,
                                    const std::vector<types::BudgetLine>& code,
                                    const types::DeviceProfile& device);
types::Budget netcaliperSramBudget(int64_t arenaBytes, int64_t stateBytes,
                                   const types::DeviceProfile& device);

}  // namespace footprint
