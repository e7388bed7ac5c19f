// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Power while an operator runs: the device's figure for its class and type where there is one
// ("CONV_2D/few-channels", plainPath() in kernel_terms.h), else for its operator and type, else the
// device's one figure for all. Milliwatts.

#include <optional>
#include <unordered_map>

#include "cost/terms/kernel_terms.h"
#include "types/device_profile.h"
#include "types/duty_cycle.h"
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

/// What a duty cycle costs on a device, from latency and energy of one inference. Where one
/// inference does not end before the next is to begin, they follow each other without a pause.
/// Counted is work and sleep, not the battery's own discharge nor a converter's losses.
types::DutyCost dutyCost(types::DutyCycle cycle, const types::DeviceProfile& device,
                         const std::optional<types::Estimate>& latencyUs,
                         const std::optional<types::Estimate>& energyUj);

}  // namespace cost
