// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/power_samples.h"

#include <algorithm>
#include <cmath>

#include "importers/parts/power_windows.h"

namespace importers {
namespace {

constexpr size_t kRateSamples = 1001;
// Gaps are filled by holding the last value; a trace that is mostly gaps is refused.
constexpr double kMaxFill = 16;

/// Typical distance of two samples: a median, so that gaps do not matter.
double stepOf(const std::vector<double>& timeS) {
    std::vector<double> steps;
    for (size_t i = 1; i < std::min(timeS.size(), kRateSamples); ++i)
        steps.push_back(timeS[i] - timeS[i - 1]);
    std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2),
                     steps.end());
    const double median = steps[steps.size() / 2];
    // Printed times are rounded; over many samples without gaps the mean is exact.
    const double mean = (timeS.back() - timeS.front()) / static_cast<double>(timeS.size() - 1);
    return std::abs(mean - median) < 0.1 * median ? mean : median;
}

/// Makes samples evenly spaced and fills gaps; false where times jump too far or hardly advance.
bool makeEven(PowerSamples& samples, types::PowerTrace& trace, SessionBuilder& builder) {
    const double step = stepOf(samples.timeS);
    const double begin = samples.timeS.front();
    const double length = (samples.timeS.back() - begin) / step + 1;
    if (!(length < kMaxFill * static_cast<double>(samples.timeS.size()) + 1000)) return false;
    if (!std::isfinite(1 / step)) return false;
    trace.sampleRateHz = 1 / step;
    trace.beginS = begin;
    std::vector<uint8_t> channels;
    size_t filled = 0;
    for (size_t i = 0; i < samples.timeS.size(); ++i) {
        const double leap = i == 0 ? step : samples.timeS[i] - samples.timeS[i - 1];
        for (long missing = std::lround(leap / step) - 1; missing > 0; --missing, ++filled) {
            trace.powerMw.push_back(trace.powerMw.back());
            channels.push_back(channels.back());
        }
        trace.powerMw.push_back(samples.powerMw[i]);
        channels.push_back(samples.channels[i]);
    }
    samples.channels = std::move(channels);
    if (filled > 0)
        builder.warn(std::to_string(filled) +
                     " samples are missing in the trace; the last value before them was held");
    return true;
}

/// Samples of the lowest channel that changes; empty where none does.
std::vector<char> markerOf(const std::vector<uint8_t>& channels, SessionBuilder& builder) {
    uint8_t ones = 0, zeros = 0;
    for (const uint8_t bits : channels) {
        ones |= bits;
        zeros |= static_cast<uint8_t>(~bits);
    }
    const uint8_t moving = ones & zeros;
    if (moving == 0) return {};
    const uint8_t lowest = moving & static_cast<uint8_t>(-moving);
    if (moving != lowest)
        builder.warn(
            "several digital channels change: the lowest was taken as the marker; "
            "choose another with the column map marker=D1");
    std::vector<char> marker;
    for (const uint8_t bits : channels)
        marker.push_back((bits & lowest) != 0);
    return marker;
}

void findWindows(const PowerSamples& samples, const WindowChoice& choice, types::PowerTrace& trace,
                 SessionBuilder& builder) {
    const std::vector<char> marker = markerOf(samples.channels, builder);
    if (choice.thresholdMw > 0)
        trace.windows = thresholdWindows(trace, choice);
    else if (!marker.empty())
        trace.windows = markerWindows(trace, marker, choice);
    if (trace.windows.empty())
        builder.warn(
            "no window in which the model runs is known: record a marker pin, or choose "
            "a threshold in milliwatts");
    else if (choice.inferencesPerWindow == 1)
        builder.warn("each window is taken as one inference; say how many there are if it is not");
}

}  // namespace

types::Result<void> addTrace(PowerSamples samples, const WindowChoice& choice,
                             const std::string& file, SessionBuilder& builder) {
    types::PowerTrace trace;
    if (samples.timeS.size() < 3 || !makeEven(samples, trace, builder))
        return types::fail(samples.timeS.size() < 3
                               ? "the trace has fewer than three samples"
                               : "the times of the trace jump or hardly advance",
                           file, "expected rows with ascending times and a current or power");
    if (samples.badRows > 0)
        builder.warn(std::to_string(samples.badRows) +
                     " rows without number or with a time that goes back were left out");
    builder.conditions().source = types::MeasurementSource::Board;
    findWindows(samples, choice, trace, builder);
    addWindowMeasurements(trace, builder);
    builder.session().traces.push_back(std::move(trace));
    return {};
}

}  // namespace importers
