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
    {"percent", {Quantity::Share, 0.01}},       {"latency_ns", {Quantity::LatencyUs, 1e-3}},
};

/// Words of units that firmware and tools print.
constexpr std::pair<const char*, QuantityUnit> kUnitWords[] = {
    {"ns", {Quantity::LatencyUs, 1e-3}},
    {"nanoseconds", {Quantity::LatencyUs, 1e-3}},
    {"us", {Quantity::LatencyUs, 1}},
    {"\xC2\xB5s", {Quantity::LatencyUs, 1}},
    {"\xCE\xBCs", {Quantity::LatencyUs, 1}},
    {"usec", {Quantity::LatencyUs, 1}},
    {"usecs", {Quantity::LatencyUs, 1}},
    {"useconds", {Quantity::LatencyUs, 1}},
    {"microseconds", {Quantity::LatencyUs, 1}},
    {"micros", {Quantity::LatencyUs, 1}},
    {"ms", {Quantity::LatencyUs, 1e3}},
    {"msec", {Quantity::LatencyUs, 1e3}},
    {"msecs", {Quantity::LatencyUs, 1e3}},
    {"milliseconds", {Quantity::LatencyUs, 1e3}},
    {"millis", {Quantity::LatencyUs, 1e3}},
    {"s", {Quantity::LatencyUs, 1e6}},
    {"sec", {Quantity::LatencyUs, 1e6}},
    {"seconds", {Quantity::LatencyUs, 1e6}},
    {"cycles", {Quantity::Cycles, 1}},
    {"ticks", {Quantity::Ticks, 1}},
    {"nj", {Quantity::EnergyUj, 1e-3}},
    {"uj", {Quantity::EnergyUj, 1}},
    {"mj", {Quantity::EnergyUj, 1e3}},
    {"uw", {Quantity::PowerMw, 1e-3}},
    {"mw", {Quantity::PowerMw, 1}},
};

bool isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::optional<QuantityUnit> quantityUnit(std::string_view name) {
    const std::string wanted = lowerCase(name);
    if (const auto quantity = types::quantityNamed(wanted)) return QuantityUnit{*quantity, 1};
    for (const auto& [other, unit] : kOtherUnits)
        if (wanted == other) return unit;
    return std::nullopt;
}

std::string unitName(const QuantityUnit& unit) {
    for (const auto& [name, other] : kOtherUnits)
        if (other.quantity == unit.quantity && other.factor == unit.factor) return name;
    return types::quantityName(unit.quantity);
}

std::optional<QuantityUnit> unitWord(std::string_view word) {
    const std::string wanted = lowerCase(word);
    for (const auto& [known, unit] : kUnitWords)
        if (wanted == known) return unit;
    return std::nullopt;
}

std::optional<QuantityUnit> columnUnit(std::string_view name) {
    const std::string text = lowerCase(name);
    std::optional<QuantityUnit> unit;
    if (contains(text, "%")) return unit;
    for (size_t begin = 0; begin < text.size();) {
        size_t end = begin;
        while (end < text.size() && isWordCharacter(text[end]))
            ++end;
        const auto word = std::string_view(text).substr(begin, end - begin);
        if (word == "per" || word == "pct" || word == "percent") return std::nullopt;
        if (const auto known = unitWord(word)) unit = known;
        begin = end + 1;
    }
    return unit;
}

}  // namespace importers
