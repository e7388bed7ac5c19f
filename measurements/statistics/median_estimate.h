// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How well the median of a session's samples is known.
//
// The standard error comes from a block bootstrap: neighbouring samples resemble each other (a
// clock that heats up, a machine that is busy for a while), so whole runs of neighbours are drawn,
// about sqrt(n) long, and slow change widens the error as it should. Source: H. R. Kuensch, "The
// jackknife and the bootstrap for general stationary observations", Annals of Statistics 17, 1989.
//
// Of the bootstrap's distribution the half width of the middle 68.27 % is taken, which outliers do
// not move, and widened by sqrt(B / (B - 1)) for B blocks; intervals use Student's t (T.
// Hesterberg, "What teachers should know about the bootstrap", American Statistician 69, 2015,
// sections 4.2 and 5). Its degrees of freedom f are few for two reasons: 1 / f = 1 / (B - 1) + 1 /
// sqrt(n), because the bootstrap's variance of a median settles with n^(-1/4) only (P. Hall, M.
// Martin, "Exact convergence rate of bootstrap quantile variance estimator", Probability Theory and
// Related Fields 80, 1988). tests/statistics/false_alarms_test.cpp holds the sum of this to what it
// promises.
//
// Why not BCa: its acceleration is a jackknife of the median, which is inconsistent (B. Efron,
// 1979). Why not bare percentiles: they are too narrow for few blocks, and corrected for many
// layers they would ask for tails that no affordable number of resamples has.
//
// A timer that counts in steps adds the error of one step, however often it was read.
//
// Deterministic: the generator's seed is fixed.

#include <optional>
#include <span>

namespace statistics {

struct MedianEstimate {
    double median = 0;
    size_t samples = 0;
    /// Of the median, in the samples' unit; not set for fewer than two samples.
    std::optional<double> standardError;
    double freedom = 0;  ///< degrees of freedom of the standard error
};

MedianEstimate estimateMedian(std::span<const double> samples);

}  // namespace statistics
