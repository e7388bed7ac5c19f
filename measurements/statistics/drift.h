// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Detects whether the device changed during the measurement, by comparing the first third of the
// samples with the last: a board that heats up, a clock that settles, a cache that fills.

#include <span>

namespace statistics {

struct Drift {
    double relative = 0;  ///< median of the last third / median of the first third - 1
    double pValue = 1;    ///< under the hypothesis of no drift (rank_test.h)
    bool found = false;   ///< significant, and larger than the minimum effect
};

/// `minimumEffect`: a share. Fewer than nine samples show no drift.
Drift driftOf(std::span<const double> samples, double minimumEffect);

}  // namespace statistics
