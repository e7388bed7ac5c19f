// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// 95 % confidence intervals of statistics over samples.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "types/estimate.h"

namespace metrics {

/// Share of hits with its Wilson score interval (Wilson 1927). `trials` is above 0.
types::Estimate wilson(int64_t hits, int64_t trials);

/// A statistic of weighted samples: weights[i] is how often sample i counts.
using Statistic = std::function<double(std::span<const int32_t> weights)>;

/// Returns the statistic of all samples with its percentile bootstrap interval (Efron 1979): 1,000
/// resamples of the same size, drawn with replacement within each stratum. `strata`: sizes of runs
/// of samples, each above 0. Deterministic: equal samples give equal intervals.
types::Estimate bootstrap(const std::vector<size_t>& strata, const Statistic& statistic);

/// Mean with its bootstrap interval; `values` is not empty.
types::Estimate meanOf(const std::vector<double>& values);

}  // namespace metrics
