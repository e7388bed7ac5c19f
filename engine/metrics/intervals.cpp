// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/intervals.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace metrics {
namespace {

constexpr size_t kResamples = 1000;

/// The sequence of std::mt19937_64 is standardised; that of the library's distributions is not.
size_t drawBelow(std::mt19937_64& random, size_t bound) {
    return static_cast<size_t>(random() % bound);
}

}  // namespace

types::Estimate wilson(int64_t hits, int64_t trials) {
    constexpr double z = 1.959963984540054;  // 97.5 % quantile of the normal distribution
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(hits) / n;
    const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    // Where all or no trials hit, rounding must not push a bound past the share itself.
    return {p, std::clamp(centre - half, 0.0, p), std::clamp(centre + half, p, 1.0)};
}

types::Estimate bootstrap(const std::vector<size_t>& strata, const Statistic& statistic) {
    const size_t count = std::accumulate(strata.begin(), strata.end(), size_t{0});
    std::vector<int32_t> weights(count, 1);
    types::Estimate estimate;
    estimate.value = statistic(weights);
    std::mt19937_64 random(1);
    std::vector<double> results(kResamples);
    for (double& result : results) {
        std::fill(weights.begin(), weights.end(), 0);
        size_t first = 0;
        for (size_t size : strata) {
            for (size_t i = 0; i < size; ++i)
                ++weights[first + drawBelow(random, size)];
            first += size;
        }
        result = statistic(weights);
    }
    std::sort(results.begin(), results.end());
    estimate.low = results[kResamples * 25 / 1000];
    estimate.high = results[kResamples * 975 / 1000 - 1];
    return estimate;
}

types::Estimate meanOf(const std::vector<double>& values) {
    return bootstrap({values.size()}, [&values](std::span<const int32_t> weights) {
        double sum = 0;
        for (size_t i = 0; i < values.size(); ++i)
            sum += weights[i] * values[i];
        return sum / static_cast<double>(values.size());
    });
}

}  // namespace metrics
