// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/formats/energy_trace.h"

#include <cmath>
#include <cstring>

#include "importers/parts/json_scan.h"

namespace importers {
namespace {

constexpr size_t kHeaderBytes = 5;

float floatAt(std::string_view bytes, size_t offset) {
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; ++i)
        bits |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[offset + i])) << (8 * i);
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

}  // namespace

types::PowerTrace EnergyTrace::power() const {
    types::PowerTrace trace;
    trace.sampleRateHz = sampleRateHz;
    trace.powerMw.reserve(microjoules.size());
    for (const float energy : microjoules)
        trace.powerMw.push_back(
            static_cast<float>(static_cast<double>(energy) * sampleRateHz / 1000));
    return trace;
}

bool isEnergyTrace(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes || bytes[0] != '\xF1') return false;
    const float rate = floatAt(bytes, 1);
    return rate >= 1 && rate <= 1e7f;
}

std::optional<EnergyTrace> readEnergyTrace(std::string_view bytes) {
    if (!isEnergyTrace(bytes)) return std::nullopt;
    EnergyTrace trace;
    trace.sampleRateHz = static_cast<double>(floatAt(bytes, 1));
    trace.microjoules.reserve(bytes.size() / 4);
    for (size_t at = kHeaderBytes; at + 4 <= bytes.size(); at += 4) {
        const float value = floatAt(bytes, at);
        trace.microjoules.push_back(std::isfinite(value) ? value : 0);
    }
    return trace;
}

std::optional<std::vector<double>> readTimestamps(std::string_view text) {
    const auto document = parseJson(text);
    if (!document.is_array() || document.empty()) return std::nullopt;
    std::vector<double> stamps;
    for (const auto& value : document) {
        const auto seconds = value.is_number() ? asNumber(value) : std::nullopt;
        if (!seconds || *seconds < 0 || (!stamps.empty() && *seconds < stamps.back()))
            return std::nullopt;
        stamps.push_back(*seconds);
    }
    return stamps;
}

std::vector<types::PowerTrace::Window> windowsOf(const std::vector<double>& timestamps) {
    std::vector<types::PowerTrace::Window> windows;
    for (size_t i = timestamps.size() % 2; i + 1 < timestamps.size(); i += 2)
        windows.push_back({timestamps[i], timestamps[i + 1], std::nullopt, 1});
    return windows;
}

}  // namespace importers
