// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tests whether two medians differ significantly: Welch's t-test on their standard errors, with the
// noise between sessions as a third source of variance (B. L. Welch, Biometrika 34, 1947; degrees
// of freedom after F. E. Satterthwaite, 1946).

#include <optional>

#include "statistics/median_estimate.h"

namespace statistics {

struct Difference {
    double value = 0;  ///< candidate - baseline, in the samples' unit
    double low = 0, high = 0;
    double pValue = 1;  ///< two-sided, under the hypothesis of no difference
};

/// Variation between two sessions that samples within a session do not show.
struct Between {
    double error = 0;    ///< standard deviation of their difference, in the samples' unit
    double freedom = 1;  ///< its degrees of freedom
};

/// Returns nothing where a median has no standard error, or where a number overflows.
std::optional<Difference> compareMedians(const MedianEstimate& baseline,
                                         const MedianEstimate& candidate, const Between& between,
                                         double confidence);

}  // namespace statistics
