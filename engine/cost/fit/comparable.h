// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Decides whether a measured layer may be compared with a profile's prediction: board, core, clock
// and kernels must not differ. What the measurement does not state differs from nothing.

#include <string>

#include "types/device_profile.h"
#include "types/session.h"

namespace cost {

/// Returns the reason against a comparison, "measured on core m7"; empty: nothing is against
/// it. `isCounted`: the cost is instructions, not time or cycles.
std::string whyNotComparable(const types::Conditions& measured, bool isCounted,
                             const types::DeviceProfile& device);

/// True where the measurement names the profile's board, or the core of an emulated one.
bool namesBoard(const types::Conditions& measured, const types::DeviceProfile& device);

}  // namespace cost
