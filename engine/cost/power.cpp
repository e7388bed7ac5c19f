// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/power.h"

#include <algorithm>

namespace cost {

using types::DutyCost;
using types::DutyCycle;
using types::Estimate;

namespace {

double averageMw(const DutyCycle& cycle, double latencyUs, double energyUj) {
    const double periodUs = std::max(cycle.periodMs * 1e3, latencyUs);
    // 1 mW for 1 us is 1e-3 uJ.
    const double sleepUj = cycle.sleepPowerMw * (periodUs - latencyUs) * 1e-3;
    return (energyUj + sleepUj) / periodUs * 1e3;
}

}  // namespace

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

DutyCost dutyCost(DutyCycle cycle, const types::DeviceProfile& device,
                  const std::optional<Estimate>& latencyUs,
                  const std::optional<Estimate>& energyUj) {
    if (cycle.sleepPowerMw <= 0) cycle.sleepPowerMw = device.sleepPowerMw;
    DutyCost cost{cycle, {}, {}, {}};
    if (!(cycle.periodMs > 0) || !latencyUs) return cost;
    const double periodUs = cycle.periodMs * 1e3;
    cost.periodShare = Estimate{latencyUs->value / periodUs, latencyUs->low / periodUs,
                                latencyUs->high / periodUs};
    if (!energyUj) return cost;
    const auto average = [&](double uj) { return averageMw(cycle, latencyUs->value, uj); };
    const Estimate power{average(energyUj->value), average(energyUj->low), average(energyUj->high)};
    cost.averagePowerMw = power;
    if (cycle.batteryMwh > 0 && power.value > 0)
        cost.batteryHours = Estimate{cycle.batteryMwh / power.value, cycle.batteryMwh / power.high,
                                     cycle.batteryMwh / power.low};
    return cost;
}

}  // namespace cost
