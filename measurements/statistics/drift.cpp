// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/drift.h"

#include <cmath>
#include <vector>

#include "statistics/median.h"
#include "statistics/rank_test.h"

namespace statistics {
namespace {

constexpr size_t kFewest = 9;
constexpr double kAlpha = 0.01;

}  // namespace

Drift driftOf(std::span<const double> samples, double minimumEffect) {
    if (samples.size() < kFewest) return {};
    const size_t third = samples.size() / 3;
    const auto first = samples.first(third), last = samples.last(third);
    const double before = median({first.begin(), first.end()});
    if (before == 0) return {};
    Drift drift;
    drift.relative = median({last.begin(), last.end()}) / before - 1;
    drift.pValue = rankTest(first, last).pValue;
    drift.found = drift.pValue < kAlpha && std::abs(drift.relative) >= minimumEffect;
    return drift;
}

}  // namespace statistics
