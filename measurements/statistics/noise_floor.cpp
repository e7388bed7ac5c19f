// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/noise_floor.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "statistics/median.h"
#include "statistics/pair_measurements.h"
#include "types/number_text.h"

namespace statistics {
namespace {

using namespace types;

/// Squared deviations from the mean of each quantity, pooled.
struct Pooled {
    double squares = 0;
    double freedom = 0;
    size_t sessions = 0;
};

bool alike(const Session& a, const Session& b) {
    Conditions left = a.conditions, right = b.conditions;
    left.notes.clear();
    right.notes.clear();
    return left == right;
}

/// By key and quantity: logarithms of the medians of all sessions of the group.
void pool(const std::vector<const Session*>& group, Pooled& pooled) {
    if (group.size() < 2) return;
    std::map<std::pair<std::string, Quantity>, std::vector<double>> logs;
    for (const Session* session : group)
        for (const Measurement& m : session->measurements) {
            if (!m.layer && m.key != kWhole) continue;
            const double middle = median(m.samples);
            if (middle > 0) logs[{m.key, m.quantity}].push_back(std::log(middle));
        }
    double squares = 0, freedom = 0;
    for (const auto& [key, values] : logs) {
        double mean = 0;
        for (const double value : values)
            mean += value / static_cast<double>(values.size());
        for (const double value : values)
            squares += (value - mean) * (value - mean);
        freedom += static_cast<double>(values.size() - 1);
    }
    if (freedom == 0) return;
    // The rows of one session vary together, so they count once in the degrees of freedom.
    const auto own = static_cast<double>(group.size() - 1);
    pooled.squares += squares / freedom * own;
    pooled.freedom += own;
    pooled.sessions += group.size();
}

/// Of the pair itself, only sessions that are not part of the difference in question may join.
Pooled poolRepeats(const Session& baseline, const Session& candidate,
                   std::span<const SessionPtr> repeats) {
    const bool samePair = alike(baseline, candidate);
    std::vector<const Session*> first, second;
    for (const SessionPtr& other : repeats) {
        if (other->name == baseline.name || other->name == candidate.name) continue;
        if (alike(*other, baseline))
            first.push_back(other.get());
        else if (alike(*other, candidate))
            second.push_back(other.get());
    }
    if (!samePair) {
        first.push_back(&baseline);
        second.push_back(&candidate);
    }
    Pooled pooled;
    pool(first, pooled);
    pool(second, pooled);
    return pooled;
}

double yardstickOf(const Session& session) {
    for (const Measurement& m : session.measurements)
        if (m.key == kYardstick) return median(m.samples);
    return 0;
}

NoiseFloor hostFloor(const Session& baseline, const Session& candidate) {
    const double before = yardstickOf(baseline), after = yardstickOf(candidate);
    const double shift = before > 0 && after > 0 ? std::abs(std::log(after / before)) : 0;
    NoiseFloor floor;
    floor.relative = std::hypot(kHostSpread, shift);
    floor.absolute = kClockUs;
    floor.source =
        types::percentText(100 * kHostSpread, "%.1f") + " for a machine that does other things too";
    if (shift > 0)
        floor.source += ", and its speed differed by " + types::percentText(100 * shift, "%.1f") +
                        " between the two sessions";
    return floor;
}

}  // namespace

NoiseFloor noiseFloor(const Session& baseline, const Session& candidate,
                      std::span<const SessionPtr> repeats) {
    const bool isHost = baseline.conditions.source == MeasurementSource::Host ||
                        candidate.conditions.source == MeasurementSource::Host;
    const Pooled pooled = poolRepeats(baseline, candidate, repeats);
    // On a host, two or three repeats may all have run while the machine was idle.
    if (pooled.freedom == 0 || (isHost && pooled.freedom < 5))
        return isHost ? hostFloor(baseline, candidate) : NoiseFloor{};
    NoiseFloor floor;
    floor.relative = std::sqrt(pooled.squares / pooled.freedom);
    floor.freedom = pooled.freedom;
    floor.source =
        "measured between " + std::to_string(pooled.sessions) + " sessions of the same thing";
    return floor;
}

}  // namespace statistics
