// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/compare_medians.h"

#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace statistics {
namespace {

struct Variance {
    double value, freedom;
};

/// Satterthwaite's degrees of freedom of a sum of variances.
double freedomOf(const std::array<Variance, 3>& parts) {
    double sum = 0, weighted = 0;
    for (const auto& [value, freedom] : parts) {
        sum += value;
        weighted += value * value / freedom;
    }
    return weighted > 0 ? sum * sum / weighted : std::numeric_limits<double>::infinity();
}

double square(double x) {
    return x * x;
}

}  // namespace

std::optional<Difference> compareMedians(const MedianEstimate& baseline,
                                         const MedianEstimate& candidate, const Between& between,
                                         double confidence) {
    if (!baseline.standardError || !candidate.standardError) return std::nullopt;
    const std::array<Variance, 3> parts = {
        Variance{square(*baseline.standardError), baseline.freedom},
        Variance{square(*candidate.standardError), candidate.freedom},
        Variance{square(between.error), between.freedom}};
    const double error = std::sqrt(parts[0].value + parts[1].value + parts[2].value);
    Difference difference;
    difference.value = candidate.median - baseline.median;
    difference.low = difference.high = difference.value;
    if (error == 0) {
        difference.pValue = difference.value == 0 ? 1 : 0;
        return difference;
    }
    const boost::math::students_t distribution(freedomOf(parts));
    const double reach = quantile(complement(distribution, (1 - confidence) / 2)) * error;
    difference.low -= reach;
    difference.high += reach;
    difference.pValue = 2 * cdf(distribution, -std::abs(difference.value) / error);
    return difference;
}

}  // namespace statistics
