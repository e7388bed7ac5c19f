// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Does it fit? The flash and SRAM that a model needs on a device, line by line, against what the
// device has. Flash: the model file and the device's reserved lines (runtime code, ...). SRAM: the
// arena and the reserved lines (runtime, stack, ...).

#include "types/device_profile.h"
#include "types/evaluation.h"

namespace cost {

types::Budget flashBudget(int64_t modelBytes, const types::DeviceProfile& device);
types::Budget sramBudget(const types::TflmArena& arena, const types::DeviceProfile& device);

}  // namespace cost
