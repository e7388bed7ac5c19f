// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Power while an operator runs: the device's figure for its class and type where there is one
// ("CONV_2D/few-channels", plainPath() in kernel_terms.h), else for its operator and type, else the
// device's one figure for all. Milliwatts.

#include <unordered_map>

#include "cost/kernel_terms.h"
#include "types/device_profile.h"
#include "types/evaluation.h"

namespace cost {

struct Power {
    double milliwatts = 0;     ///< 0: unknown
    double relativeError = 0;  ///< half width of the ~90 % band
};

/// The power figures of one device. Immutable once made.
class PowerTable {
public:
    explicit PowerTable(const types::DeviceProfile& device);
    Power of(const Workload& workload) const;

private:
    std::unordered_map<uint64_t, Power> m_rows;  ///< by rowHash()
    Power m_any;
};

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
