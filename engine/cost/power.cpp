// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/power.h"

#include <algorithm>

namespace cost {

PowerTable::PowerTable(const types::DeviceProfile& device)
    : m_any{device.activePowerMw, device.activePowerRelativeError} {
    for (const types::PowerCost& row : device.power)
        m_rows.emplace(rowHash(nameHash(row.op), row.dtype),
                       Power{row.milliwatts, row.relativeError});
}

Power PowerTable::of(const Workload& workload) const {
    if (m_rows.empty()) return m_any;
    const std::string dtype = costType(workload);
    for (const uint64_t kernel : {plainPath(workload).hash, opTerm(workload.kind).hash})
        for (const std::string_view type : {std::string_view(dtype), std::string_view("*")}) {
            const auto row = m_rows.find(rowHash(kernel, type));
            if (row != m_rows.end()) return row->second;
        }
    return m_any;
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
