// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// 95 % intervals around what a number of samples shows.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "types/estimate.h"

namespace metrics {

/// Share of hits with its Wilson score interval (Wilson 1927). `trials` is above 0.
types::Estimate wilson(int64_t hits, int64_t trials);

/// A statistic of samples that are weighted: weights[i] says how often sample i counts.
using Statistic = std::function<double(std::span<const int32_t> weights)>;

/// The statistic of all samples with its percentile bootstrap interval (Efron 1979): 1,000 times as
/// many samples as there are are drawn with replacement, within each stratum for itself. `strata`
/// are the sizes of runs of samples; none is 0. The same samples give the same interval.
types::Estimate bootstrap(const std::vector<size_t>& strata, const Statistic& statistic);

/// Mean of values with its bootstrap interval; there is at least one.
types::Estimate meanOf(const std::vector<double>& values);

}  // namespace metrics
