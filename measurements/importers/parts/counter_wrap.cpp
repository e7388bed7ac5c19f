// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/counter_wrap.h"

#include <algorithm>

#include "importers/parts/session_builder.h"

namespace importers {
namespace {

constexpr double kWidths[] = {16777216.0, 4294967296.0};  // counters of 24 and 32 bits
constexpr double kHalf32 = 2147483648.0, kFull32 = 4294967296.0;

/// A layer takes about equally long in every run; largest accepted ratio.
constexpr double kClose = 2;

bool isSuspect(double sample) {
    return sample < 0 || (sample >= kHalf32 && sample < kFull32);
}

/// Median of the samples that certainly did not wrap.
std::optional<double> typicalOf(const std::vector<double>& samples) {
    std::vector<double> sound;
    for (const double sample : samples)
        if (!isSuspect(sample)) sound.push_back(sample);
    if (sound.empty()) return std::nullopt;
    const auto middle = sound.begin() + static_cast<std::ptrdiff_t>(sound.size() / 2);
    std::nth_element(sound.begin(), middle, sound.end());
    return *middle;
}

}  // namespace

std::optional<double> unwrapped(double printed, const std::optional<double>& typical) {
    const double difference = printed >= kHalf32 ? printed - kFull32 : printed;
    std::optional<double> only;
    for (const double width : kWidths) {
        const double candidate = difference + width;
        if (candidate < 0) continue;
        if (typical && (candidate > *typical * kClose || candidate * kClose < *typical)) continue;
        if (only) return std::nullopt;
        only = candidate;
    }
    return only;
}

WrapRepair repairWraps(types::Session& session) {
    WrapRepair total;
    for (types::Measurement& measurement : session.measurements) {
        const bool counted = measurement.quantity == types::Quantity::Ticks ||
                             measurement.quantity == types::Quantity::Cycles;
        if (!counted || std::none_of(measurement.samples.begin(), measurement.samples.end(),
                                     [](double sample) { return sample < 0 || isSuspect(sample); }))
            continue;
        const auto typical = typicalOf(measurement.samples);
        WrapRepair here;
        std::vector<double> kept;
        for (const double sample : measurement.samples) {
            // Large values alone prove nothing: a slow layer may take that long in every run.
            const bool wrapped = sample < 0 || (isSuspect(sample) && typical);
            const auto value = wrapped ? unwrapped(sample, typical) : std::optional(sample);
            if (value) kept.push_back(*value);
            here.repaired += wrapped && value ? 1 : 0;
            here.dropped += value ? 0 : 1;
        }
        measurement.samples = std::move(kept);
        if (here.repaired > 0)
            addNote(measurement.note, "repaired",
                    std::to_string(here.repaired) + " samples across the end of the counter");
        if (here.dropped > 0)
            addNote(measurement.note, "dropped",
                    std::to_string(here.dropped) + " samples across the end of the counter");
        total.repaired += here.repaired;
        total.dropped += here.dropped;
    }
    return total;
}

}  // namespace importers
