// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/condition_check.h"

#include <cstdio>

namespace statistics {
namespace {

using namespace types;

std::string numberText(double value, const char* unit) {
    if (value == 0) return {};
    char text[48];
    std::snprintf(text, sizeof text, "%g %s", value, unit);
    return text;
}

/// The first digits of a hash, which are enough to distinguish two.
std::string shortHash(const std::string& hash) {
    return hash.substr(0, 12);
}

struct Condition {
    const char* name;
    std::string baseline, candidate;  ///< empty: unknown
    bool isSoftware = false;          ///< software that runs the model
};

std::vector<Condition> pairsOf(const Conditions& a, const Conditions& b) {
    return {{"source", sourceName(a.source), sourceName(b.source)},
            {"board", a.board, b.board},
            {"core", a.core, b.core},
            {"clock", numberText(a.clockMhz, "MHz"), numberText(b.clockMhz, "MHz")},
            {"runtime", a.runtime, b.runtime, true},
            {"runtime version", a.runtimeVersion, b.runtimeVersion, true},
            {"kernels", a.kernels, b.kernels, true},
            {"compiler", a.compiler, b.compiler},
            {"flags", a.flags, b.flags},
            {"model", shortHash(a.modelHash), shortHash(b.modelHash)},
            {"supply", numberText(a.supplyVolts, "V"), numberText(b.supplyVolts, "V")}};
}

}  // namespace

ConditionCheck checkConditions(const Conditions& baseline, const Conditions& candidate) {
    ConditionCheck check;
    const bool areEmulators = baseline.source == MeasurementSource::Emulator &&
                              candidate.source == MeasurementSource::Emulator;
    for (const Condition& c : pairsOf(baseline, candidate)) {
        if (c.baseline == c.candidate) continue;
        if (c.baseline.empty() || c.candidate.empty()) {
            check.unknown.push_back(c.name);
            continue;
        }
        auto& list = areEmulators && c.isSoftware ? check.compared : check.different;
        list.push_back(std::string(c.name) + ": " + c.baseline + ", " + c.candidate);
    }
    return check;
}

}  // namespace statistics
