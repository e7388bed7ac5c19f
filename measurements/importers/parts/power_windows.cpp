// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/power_windows.h"

#include <algorithm>
#include <cmath>

namespace importers {
namespace {

using types::Quantity;
using Windows = std::vector<types::PowerTrace::Window>;

double timeOf(const types::PowerTrace& trace, size_t sample) {
    return trace.beginS + static_cast<double>(sample) / trace.sampleRateHz;
}

size_t sampleAt(const types::PowerTrace& trace, double seconds) {
    const double sample = std::round((seconds - trace.beginS) * trace.sampleRateHz);
    return static_cast<size_t>(std::clamp(sample, 0.0, static_cast<double>(trace.powerMw.size())));
}

/// Spans of consecutive active samples. A span that touches an end of the trace is incomplete and
/// left out.
template <typename IsActive>
Windows spans(const types::PowerTrace& trace, const WindowChoice& choice, IsActive isActive) {
    Windows windows;
    const size_t count = trace.powerMw.size();
    size_t begin = 0;
    while (begin < count && isActive(begin))
        ++begin;
    while (begin < count) {
        while (begin < count && !isActive(begin))
            ++begin;
        size_t end = begin;
        while (end < count && isActive(end))
            ++end;
        const double length = static_cast<double>(end - begin) / trace.sampleRateHz;
        if (end < count && length >= choice.shortestS)
            windows.push_back({timeOf(trace, begin), timeOf(trace, end), std::nullopt,
                               std::max<int64_t>(1, choice.inferencesPerWindow)});
        begin = end;
    }
    if (choice.layersPerInference > 0)
        for (size_t i = 0; i < windows.size(); ++i)
            windows[i].layer =
                static_cast<int32_t>(i % static_cast<size_t>(choice.layersPerInference));
    return windows;
}

}  // namespace

Windows markerWindows(const types::PowerTrace& trace, const std::vector<char>& marker,
                      const WindowChoice& choice) {
    return spans(trace, choice, [&](size_t i) {
        return (i < marker.size() && marker[i] != 0) != choice.activeLow;
    });
}

Windows thresholdWindows(const types::PowerTrace& trace, const WindowChoice& choice) {
    return spans(trace, choice, [&](size_t i) {
        return static_cast<double>(trace.powerMw[i]) > choice.thresholdMw;
    });
}

void addWindowMeasurements(const types::PowerTrace& trace, SessionBuilder& builder) {
    for (const auto& window : trace.windows) {
        double milliwatts = 0;
        for (size_t i = sampleAt(trace, window.beginS); i < sampleAt(trace, window.endS); ++i)
            milliwatts += static_cast<double>(trace.powerMw[i]);
        const auto count = static_cast<double>(window.inferences);
        const auto add = [&](Quantity quantity, double sample) {
            const std::string key =
                window.layer ? "#" + std::to_string(*window.layer) : types::kWhole;
            types::Measurement& measurement = builder.at(key, quantity);
            measurement.layer = window.layer;
            measurement.samples.push_back(sample);
        };
        add(Quantity::LatencyUs, (window.endS - window.beginS) * 1e6 / count);
        add(Quantity::EnergyUj, milliwatts / trace.sampleRateHz * 1000 / count);
    }
}

}  // namespace importers
