// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/session_check.h"

#include <algorithm>
#include <cmath>

namespace store {
namespace {

using namespace types;

bool allFinite(const auto& values) {
    return std::all_of(values.begin(), values.end(), [](auto v) { return std::isfinite(v); });
}

bool isFinite(const PowerTrace& trace) {
    return std::isfinite(trace.sampleRateHz) && std::isfinite(trace.beginS) &&
           allFinite(trace.powerMw) &&
           std::all_of(trace.windows.begin(), trace.windows.end(), [](const auto& window) {
               return std::isfinite(window.beginS) && std::isfinite(window.endS);
           });
}

}  // namespace

std::string faultOf(const Session& session) {
    const auto notFinite = [](const std::string& what) {
        return what + " holds a value that is not finite";
    };
    if (!std::isfinite(session.conditions.clockMhz) ||
        !std::isfinite(session.conditions.supplyVolts))
        return notFinite("what is said of the board");
    for (const Measurement& measurement : session.measurements) {
        if (!allFinite(measurement.samples)) return notFinite("measurement " + measurement.key);
        if (measurement.layer.value_or(0) < 0)
            return "measurement " + measurement.key + " is of a layer below 0";
    }
    for (const RecordedOutput& output : session.outputs)
        if (!allFinite(output.values)) return notFinite("output for " + output.input);
    for (const PowerTrace& trace : session.traces)
        if (!isFinite(trace)) return notFinite("power trace");
    return {};
}

}  // namespace store
