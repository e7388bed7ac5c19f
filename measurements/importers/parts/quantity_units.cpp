// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/quantity_units.h"

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

constexpr QuantityUnit kUnits[] = {
    {"latency_us", Quantity::LatencyUs, 1},
    {"latency_ms", Quantity::LatencyUs, 1e3},
    {"latency_s", Quantity::LatencyUs, 1e6},
    {"cycles", Quantity::Cycles, 1},
    {"kcycles", Quantity::Cycles, 1e3},
    {"ticks", Quantity::Ticks, 1},
    {"instructions", Quantity::Instructions, 1},
    {"energy_uj", Quantity::EnergyUj, 1},
    {"energy_nj", Quantity::EnergyUj, 1e-3},
    {"energy_mj", Quantity::EnergyUj, 1e3},
    {"energy_j", Quantity::EnergyUj, 1e6},
    {"power_mw", Quantity::PowerMw, 1},
    {"power_uw", Quantity::PowerMw, 1e-3},
    {"power_w", Quantity::PowerMw, 1e3},
    {"bytes", Quantity::Bytes, 1},
    {"kib", Quantity::Bytes, 1024},
    {"kb", Quantity::Bytes, 1000},
    {"share", Quantity::Share, 1},
    {"percent", Quantity::Share, 0.01},
    {"per_second", Quantity::PerSecond, 1},
    {"count", Quantity::Count, 1},
    {"celsius", Quantity::Celsius, 1},
};

}  // namespace

const QuantityUnit* quantityUnit(std::string_view name) {
    const std::string wanted = lowerCase(name);
    for (const QuantityUnit& unit : kUnits)
        if (wanted == unit.name) return &unit;
    return nullptr;
}

const char* quantityName(Quantity quantity) {
    for (const QuantityUnit& unit : kUnits)
        if (unit.quantity == quantity && unit.factor == 1) return unit.name;
    return "";
}

}  // namespace importers
