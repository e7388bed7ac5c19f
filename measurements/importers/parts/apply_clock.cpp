// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/apply_clock.h"

#include <cmath>
#include <cstdio>
#include <set>

#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Measurement;
using types::Quantity;

constexpr double kSameClock = 0.01;

std::string megahertz(double clock) {
    char text[40];
    snprintf(text, sizeof text, "%g MHz", clock);
    return text;
}

/// TFLM prints milliseconds beside ticks, which bound the tick rate of its port.
void compareWithPrinted(types::Session& session) {
    const std::string range =
        noteValue(session.conditions.notes, "tick rate implied by the printed ms");
    const auto least = leadingNumber(range);
    const auto most = leadingNumber(behind(range, " to ").value_or(""));
    const double clock = session.conditions.clockMhz;
    if (!least || !most || (clock >= *least * 0.99 && clock <= *most * 1.01)) return;
    session.warnings.push_back("the log prints milliseconds for a timer of " + range + ", not " +
                               megahertz(clock) +
                               ": either the clock is another, or the port's ticks_per_second() "
                               "is wrong");
}

}  // namespace

void setClock(types::Session& session, double clockMhz) {
    double& known = session.conditions.clockMhz;
    if (!(clockMhz > 0) || !std::isfinite(clockMhz)) return;
    if (known > 0 && std::abs(known - clockMhz) > kSameClock * known)
        session.warnings.push_back("the log says a clock of " + megahertz(known) +
                                   ", which is taken instead of the " + megahertz(clockMhz) +
                                   " that were given");
    if (known <= 0) known = clockMhz;
    compareWithPrinted(session);
}

void addLatencies(types::Session& session) {
    const double clock = session.conditions.clockMhz;
    if (clock <= 0) return;
    std::set<std::string> timed;
    for (const Measurement& measurement : session.measurements)
        if (measurement.quantity == Quantity::LatencyUs) timed.insert(measurement.key);
    const size_t count = session.measurements.size();
    for (size_t i = 0; i < count; ++i) {
        const Measurement& counted = session.measurements[i];
        const bool isTicks = counted.quantity == Quantity::Ticks;
        if (!isTicks && counted.quantity != Quantity::Cycles) continue;
        if (!timed.insert(counted.key).second) continue;
        Measurement latency = counted;
        latency.quantity = Quantity::LatencyUs;
        for (double& sample : latency.samples)
            sample /= clock;
        addNote(latency.note, "derived",
                (isTicks ? "ticks taken for cycles, / " : "cycles / ") + megahertz(clock));
        session.measurements.push_back(std::move(latency));
    }
}

}  // namespace importers
