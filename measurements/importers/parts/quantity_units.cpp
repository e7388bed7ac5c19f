// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/quantity_units.h"

#include <utility>

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

/// Beside the quantities' own names.
constexpr std::pair<const char*, QuantityUnit> kOtherUnits[] = {
    {"latency_ms", {Quantity::LatencyUs, 1e3}}, {"latency_s", {Quantity::LatencyUs, 1e6}},
    {"kcycles", {Quantity::Cycles, 1e3}},       {"energy_nj", {Quantity::EnergyUj, 1e-3}},
    {"energy_mj", {Quantity::EnergyUj, 1e3}},   {"energy_j", {Quantity::EnergyUj, 1e6}},
    {"power_uw", {Quantity::PowerMw, 1e-3}},    {"power_w", {Quantity::PowerMw, 1e3}},
    {"kib", {Quantity::Bytes, 1024}},           {"kb", {Quantity::Bytes, 1000}},
    {"percent", {Quantity::Share, 0.01}},
};

}  // namespace

std::optional<QuantityUnit> quantityUnit(std::string_view name) {
    const std::string wanted = lowerCase(name);
    if (const auto quantity = types::quantityNamed(wanted)) return QuantityUnit{*quantity, 1};
    for (const auto& [other, unit] : kOtherUnits)
        if (wanted == other) return unit;
    return std::nullopt;
}

}  // namespace importers
