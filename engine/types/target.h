// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether a device's figures are those of our own runtime; all others are of TFLM.

#include "types/device_profile.h"

namespace types {

constexpr const char* kOwnRuntime = "Netcaliper";

inline bool runsOwnRuntime(const DeviceProfile& device) {
    return device.runtime == kOwnRuntime;
}
/// No device is none of ours.
inline bool runsOwnRuntime(const DevicePtr& device) {
    return device && runsOwnRuntime(*device);
}

}  // namespace types
