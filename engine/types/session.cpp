// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/session.h"

namespace types {
namespace {

constexpr QuantityInfo kQuantities[] = {
    {Quantity::LatencyUs, "latency_us", "us", true},
    {Quantity::Cycles, "cycles", "cycles", true},
    {Quantity::Ticks, "ticks", "ticks", true},
    {Quantity::Instructions, "instructions", "instructions", true},
    {Quantity::EnergyUj, "energy_uj", "uJ", true},
    {Quantity::PowerMw, "power_mw", "mW", false},
    {Quantity::Bytes, "bytes", "bytes", false},
    {Quantity::Share, "share", "share", false},
    {Quantity::PerSecond, "per_second", "1/s", false},
    {Quantity::Count, "count", "", false},
    {Quantity::Celsius, "celsius", "degC", false},
};

const QuantityInfo& infoOf(Quantity quantity) {
    static constexpr QuantityInfo kUnknown = {Quantity::Count, "", "", false};
    for (const QuantityInfo& info : kQuantities)
        if (info.quantity == quantity) return info;
    return kUnknown;
}

}  // namespace

const char* sourceName(MeasurementSource source) {
    switch (source) {
        case MeasurementSource::Board:
            return "board";
        case MeasurementSource::Emulator:
            return "emulator";
        case MeasurementSource::Host:
            return "host";
        case MeasurementSource::Imported:
            return "imported";
    }
    return "";
}

std::optional<MeasurementSource> sourceNamed(std::string_view name) {
    for (const auto source : {MeasurementSource::Board, MeasurementSource::Emulator,
                              MeasurementSource::Host, MeasurementSource::Imported})
        if (name == sourceName(source)) return source;
    return std::nullopt;
}

std::span<const QuantityInfo> allQuantities() {
    return kQuantities;
}

const char* quantityName(Quantity quantity) {
    return infoOf(quantity).name;
}

const char* unitOf(Quantity quantity) {
    return infoOf(quantity).unit;
}

bool isAdditive(Quantity quantity) {
    return infoOf(quantity).isAdditive;
}

std::optional<Quantity> quantityNamed(std::string_view name) {
    for (const QuantityInfo& info : kQuantities)
        if (name == info.name) return info.quantity;
    return std::nullopt;
}

std::string layerKey(int32_t layer, const std::string& op) {
    return "#" + std::to_string(layer) + " " + op;
}

}  // namespace types
