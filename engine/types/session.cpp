// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/session.h"

namespace types {

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

const char* unitOf(Quantity quantity) {
    switch (quantity) {
        case Quantity::LatencyUs:
            return "us";
        case Quantity::Cycles:
            return "cycles";
        case Quantity::Ticks:
            return "ticks";
        case Quantity::Instructions:
            return "instructions";
        case Quantity::EnergyUj:
            return "uJ";
        case Quantity::PowerMw:
            return "mW";
        case Quantity::Bytes:
            return "bytes";
        case Quantity::Share:
            return "share";
        case Quantity::PerSecond:
            return "1/s";
        case Quantity::Count:
            return "";
        case Quantity::Celsius:
            return "degC";
    }
    return "";
}

std::string layerKey(int32_t layer, const std::string& op) {
    return "#" + std::to_string(layer) + " " + op;
}

}  // namespace types
