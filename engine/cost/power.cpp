// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/power.h"

#include <algorithm>

#include "types/op_kind.h"

namespace cost {

Power powerOf(const types::DeviceProfile& device, const Workload& workload) {
    if (!device.power.empty()) {
        const std::string op = types::opName(workload.kind), dtype = costType(workload);
        for (const types::PowerCost& row : device.power)
            if (row.op == op && (row.dtype == dtype || row.dtype == "*"))
                return {row.milliwatts, row.relativeError};
    }
    return {device.activePowerMw, device.activePowerRelativeError};
}

DutyCost dutyCost(const DutyCycle& duty, double latencyUs, double energyUj) {
    DutyCost cost;
    const double periodUs = duty.periodMs * 1e3;
    cost.keepsUp = latencyUs <= periodUs;
    // Where inferences follow each other without a pause, the latency is the period.
    const double turnUs = std::max(periodUs, latencyUs);
    if (!(turnUs > 0)) return cost;
    cost.activeShare = latencyUs / turnUs;
    // 1 mW for 1 us is 1e-3 uJ.
    const double sleepUj = duty.sleepPowerMw * (turnUs - latencyUs) * 1e-3;
    cost.averagePowerMw = (energyUj + sleepUj) / turnUs * 1e3;
    if (duty.batteryMwh > 0 && cost.averagePowerMw > 0)
        cost.batteryHours = duty.batteryMwh / cost.averagePowerMw;
    return cost;
}

}  // namespace cost
