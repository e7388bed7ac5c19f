// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Did the device change while it was measured? The first third of the samples against the last:
// a board that heats up, a clock that settles, a cache that fills.

#include <span>

namespace statistics {

struct Drift {
    double relative = 0;  ///< median of the last third over that of the first, minus 1
    double pValue = 1;    ///< of both thirds being alike (rank_test.h)
    bool found = false;   ///< it is no accident, and larger than the minimum effect
};

/// `minimumEffect` as a share; below nine samples nothing is found.
Drift driftOf(std::span<const double> samples, double minimumEffect);

}  // namespace statistics
