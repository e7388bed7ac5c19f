// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/check_session.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "importers/parts/counter_wrap.h"

namespace importers {
namespace {

using types::Measurement;
using types::Quantity;

// Fewer samples give no useful interval.
constexpr size_t kFewSamples = 5;
// This many layers of different shape never take exactly the same time.
constexpr size_t kFewLayers = 3;
constexpr double kLeastCyclesPerMac = 0.33 / 4, kMaxCyclesPerMac = 16.4 * 8;

void warn(types::Session& session, std::string sentence) {
    // A session that was exported and imported again already has its warnings.
    auto& all = session.warnings;
    if (std::find(all.begin(), all.end(), sentence) == all.end())
        all.push_back(std::move(sentence));
}

bool isCounted(const Measurement& measurement) {
    return measurement.quantity == Quantity::Ticks || measurement.quantity == Quantity::Cycles;
}

bool isTime(const Measurement& measurement) {
    return isCounted(measurement) || measurement.quantity == Quantity::LatencyUs;
}

void checkTimer(types::Session& session) {
    std::set<double> values;
    size_t layers = 0;
    for (const Measurement& measurement : session.measurements) {
        if (!isCounted(measurement) || measurement.samples.empty()) continue;
        layers += measurement.layer ? 1 : 0;
        values.insert(measurement.samples.begin(), measurement.samples.end());
    }
    if (values == std::set<double>{0})
        warn(session,
             "all ticks are zero: the port has no timer; let it supply "
             "tflite::ticks_per_second() and tflite::GetCurrentTimeTicks() (micro_time.h)");
    else if (values.size() == 1 && layers >= kFewLayers)
        warn(session,
             "all ticks are the same: the port's timer does not run; let it supply "
             "tflite::ticks_per_second() and tflite::GetCurrentTimeTicks() (micro_time.h)");
}

void checkWraps(types::Session& session) {
    const WrapRepair wraps = repairWraps(session);
    if (wraps.repaired > 0)
        warn(session, std::to_string(wraps.repaired) +
                          " samples ran across the end of the timer's counter and were repaired; "
                          "they are marked");
    if (wraps.dropped > 0)
        warn(session, std::to_string(wraps.dropped) +
                          " samples ran across the end of the timer's counter and were left out: "
                          "no single width of the counter explains them");
}

void checkSamples(types::Session& session) {
    size_t least = SIZE_MAX, most = 0;
    for (const Measurement& measurement : session.measurements) {
        if (!isTime(measurement) || measurement.estimated) continue;
        if (!measurement.layer && measurement.key != types::kWhole) continue;
        least = std::min(least, measurement.samples.size());
        most = std::max(most, measurement.samples.size());
    }
    if (most == 0) return;
    if (least < kFewSamples)
        warn(session, "some times have only " + std::to_string(least) +
                          (least == 1 ? " sample" : " samples") +
                          ": measure at least 5 times, better 30, before you compare");
}

void checkClock(types::Session& session) {
    if (session.conditions.clockMhz > 0) return;
    // Estimates of a tool can be compared without a clock.
    const bool counted =
        std::any_of(session.measurements.begin(), session.measurements.end(),
                    [](const Measurement& m) { return isCounted(m) && !m.estimated; });
    const bool timed =
        std::any_of(session.measurements.begin(), session.measurements.end(), isTime);
    if (counted)
        warn(session,
             "the log does not say the clock: ticks cannot be shown as time until you "
             "give it in MHz");
    else if (timed)
        warn(session,
             "the log does not say the clock of the board: give it in MHz, it is a "
             "condition of every comparison");
}

}  // namespace

void checkSession(types::Session& session) {
    checkWraps(session);
    checkTimer(session);
    checkSamples(session);
    checkClock(session);
}

void checkAgainstMacs(types::Session& session, const std::vector<int64_t>& macs) {
    double cycles = 0, counted = 0;
    for (const Measurement& measurement : session.measurements) {
        if (!isCounted(measurement) || !measurement.layer || measurement.samples.empty()) continue;
        const auto layer = static_cast<size_t>(*measurement.layer);
        if (layer >= macs.size() || macs[layer] <= 0) continue;
        // Uses the least sample: interrupts only add time.
        cycles += *std::min_element(measurement.samples.begin(), measurement.samples.end());
        counted += static_cast<double>(macs[layer]);
    }
    if (counted <= 0 || cycles <= 0) return;
    const double perMac = cycles / counted;
    if (perMac >= kLeastCyclesPerMac && perMac <= kMaxCyclesPerMac) return;
    char text[64];
    snprintf(text, sizeof text, "%.3g", 1 / perMac);
    warn(session, std::string("the ticks imply ") + text + " MACs a cycle, which " +
                      (perMac < kLeastCyclesPerMac
                           ? "no Cortex-M reaches: are they microseconds, or of a slower timer?"
                           : "is far too slow: are they of a faster timer, or is this another "
                             "model?"));
}

}  // namespace importers
