// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/compare_medians.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace statistics {
namespace {

/// A standard error and its degrees of freedom.
using Part = Between;

/// Standard error of a sum, with Satterthwaite's degrees of freedom. Not finite where a part is
/// not.
Part sumOf(const std::array<Part, 3>& parts) {
    double largest = 0;
    for (const Part& part : parts)
        largest = std::max(largest, part.error);
    // Powers of large errors would overflow: all are scaled by a power of two, which is exact.
    const int exponent = largest > 0 ? std::ilogb(largest) : 0;
    double sum = 0, weighted = 0;
    for (const auto& [error, freedom] : parts) {
        const double scaled = std::scalbn(error, -exponent), variance = scaled * scaled;
        sum += variance;
        weighted += variance * variance / freedom;
    }
    return {std::scalbn(std::sqrt(sum), exponent),
            weighted > 0 ? sum * sum / weighted : std::numeric_limits<double>::infinity()};
}

}  // namespace

std::optional<Difference> compareMedians(const MedianEstimate& baseline,
                                         const MedianEstimate& candidate, const Between& between,
                                         double confidence) {
    if (!baseline.standardError || !candidate.standardError) return std::nullopt;
    const auto [error, freedom] =
        sumOf({Part{*baseline.standardError, baseline.freedom},
               Part{*candidate.standardError, candidate.freedom}, between});
    Difference difference;
    difference.value = candidate.median - baseline.median;
    difference.low = difference.high = difference.value;
    if (!std::isfinite(difference.value) || !std::isfinite(error)) return std::nullopt;
    if (error == 0) {
        difference.pValue = difference.value == 0 ? 1 : 0;
        return difference;
    }
    const boost::math::students_t distribution(freedom);
    const double reach = quantile(complement(distribution, (1 - confidence) / 2)) * error;
    difference.low -= reach;
    difference.high += reach;
    difference.pValue = 2 * cdf(distribution, -std::abs(difference.value) / error);
    return difference;
}

}  // namespace statistics
