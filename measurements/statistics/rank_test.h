// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Mann and Whitney's U test of whether two sets of samples have one distribution, with the normal
// approximation, corrected for ties and continuity. Source: H. B. Mann, D. R. Whitney, Annals of
// Mathematical Statistics 18, 1947; tie correction as in E. L. Lehmann, "Nonparametrics", 1975,
// section 1.4.

#include <span>

namespace statistics {

struct RankTest {
    double u = 0;       ///< pairs in which the first set's sample is larger; ties count half
    double pValue = 1;  ///< two-sided
};

RankTest rankTest(std::span<const double> first, std::span<const double> second);

}  // namespace statistics
