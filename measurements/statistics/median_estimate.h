// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Median of a session's samples, with its standard error.
//
// The standard error comes from a block bootstrap: neighbouring samples are correlated (a clock
// that heats up, a machine that is busy for a while), so whole runs of neighbours are drawn, about
// sqrt(n) long, and slow changes widen the error as they should. Source: H. R. Kuensch, "The
// jackknife and the bootstrap for general stationary observations", Annals of Statistics 17, 1989.
//
// The error is the half width of the middle 68.27 % of the bootstrap's distribution, which is
// robust against outliers, widened by sqrt(B / (B - 1)) for B blocks; intervals use Student's t (T.
// Hesterberg, "What teachers should know about the bootstrap", American Statistician 69, 2015,
// sections 4.2 and 5). Its degrees of freedom f are few for two reasons: 1 / f = 1 / (B - 1) + 1 /
// sqrt(n), because the bootstrap's variance of a median converges with n^(-1/4) only (P. Hall, M.
// Martin, "Exact convergence rate of bootstrap quantile variance estimator", Probability Theory and
// Related Fields 80, 1988). tests/statistics/false_alarms_test.cpp checks the resulting error
// rates.
//
// BCa intervals are not used because their acceleration is a jackknife of the median, which is
// inconsistent (B. Efron, 1979). Plain percentiles are not used because they are too narrow for few
// blocks, and corrections for many layers would need tails that no affordable number of resamples
// has.
//
// A timer with discrete steps adds the error of one step, however often it was read.
//
// Deterministic: the generator's seed is fixed.

#include <optional>
#include <span>

namespace statistics {

struct MedianEstimate {
    double median = 0;
    size_t samples = 0;
    /// Standard error of the median, in the samples' unit; empty for fewer than two samples.
    std::optional<double> standardError;
    double freedom = 0;  ///< degrees of freedom of the standard error
};

MedianEstimate estimateMedian(std::span<const double> samples);

}  // namespace statistics
