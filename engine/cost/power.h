// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Power while an operator runs: the device's figure for that operator and type where there is one,
// else its one figure for all. Milliwatts.

#include "cost/workload.h"
#include "types/device_profile.h"
#include "types/evaluation.h"

namespace cost {

struct Power {
    double milliwatts = 0;     ///< 0: unknown
    double relativeError = 0;  ///< half width of the ~90 % band
};

Power powerOf(const types::DeviceProfile& device, const Workload& workload);

/// How a device is used: one inference every `periodMs`, asleep in between.
struct DutyCycle {
    double periodMs = 1000;
    double sleepPowerMw = 0;
    double batteryMwh = 0;  ///< energy of the battery; 0: none
};

/// What that costs over time.
struct DutyCost {
    double averagePowerMw = 0;
    double activeShare = 0;   ///< of the time, 0 to 1
    double batteryHours = 0;  ///< 0: no battery given
    bool keepsUp = true;      ///< an inference ends before the next begins
};

/// `latencyUs` and `energyUj` of one inference.
DutyCost dutyCost(const DutyCycle& duty, double latencyUs, double energyUj);

}  // namespace cost
