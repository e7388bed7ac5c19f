// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/quantity_words.h"

#include <array>
#include <utility>

namespace store {
namespace {

using namespace types;

constexpr std::array<std::pair<Quantity, const char*>, 11> kQuantities = {{
    {Quantity::LatencyUs, "latency_us"},
    {Quantity::Cycles, "cycles"},
    {Quantity::Ticks, "ticks"},
    {Quantity::Instructions, "instructions"},
    {Quantity::EnergyUj, "energy_uj"},
    {Quantity::PowerMw, "power_mw"},
    {Quantity::Bytes, "bytes"},
    {Quantity::Share, "share"},
    {Quantity::PerSecond, "per_second"},
    {Quantity::Count, "count"},
    {Quantity::Celsius, "celsius"},
}};

}  // namespace

const char* quantityWord(Quantity quantity) {
    for (const auto& [known, word] : kQuantities)
        if (known == quantity) return word;
    return "";
}

std::optional<Quantity> quantityOf(const std::string& word) {
    for (const auto& [quantity, known] : kQuantities)
        if (known == word) return quantity;
    return std::nullopt;
}

std::optional<MeasurementSource> sourceOf(const std::string& word) {
    for (const auto source : {MeasurementSource::Board, MeasurementSource::Emulator,
                              MeasurementSource::Host, MeasurementSource::Imported})
        if (word == sourceName(source)) return source;
    return std::nullopt;
}

}  // namespace store
