// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Power while an operator runs, in milliwatts: the device's figure for its class and type where
// there is one ("CONV_2D/few-channels", plainPath() in kernel_terms.h), else for its operator and
// type, else the device's single figure.

#include <optional>
#include <unordered_map>

#include "cost/terms/kernel_terms.h"
#include "types/device_profile.h"
#include "types/duty_cycle.h"
#include "types/evaluation.h"

namespace cost {

struct Power {
    double milliwatts = 0;     ///< 0: unknown
    double relativeError = 0;  ///< half width of the 90 % band
};

/// The power figures of one device. Immutable.
class PowerTable {
public:
    explicit PowerTable(const types::DeviceProfile& device);
    Power of(const Workload& workload) const;

private:
    std::unordered_map<uint64_t, Power> m_rows;  ///< by rowHash()
    Power m_any;
};

/// Cost of a duty cycle on a device, from latency and energy of one inference. Inferences that take
/// longer than the period run back to back. Includes work and sleep, but neither the battery's
/// self-discharge nor converter losses.
types::DutyCost dutyCost(types::DutyCycle cycle, const types::DeviceProfile& device,
                         const std::optional<types::Estimate>& latencyUs,
                         const std::optional<types::Estimate>& energyUj);

}  // namespace cost
