// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Chooses the range that a tensor's codes cover, from its observed values; one function per method.
// A range narrower than the values gives finer steps and clips rare values.

#include "calibration/observe.h"
#include "types/variation.h"

namespace calibration {

struct Range {
    double low = 0, high = 0;

    bool operator==(const Range&) const = default;
};

/// Covers every observed value. Source: TFLite's post-training calibration.
Range minMaxRange(const Observed& seen);

/// Clips 100 - percentile per cent of the values at either end.
Range percentileRange(const Observed& seen, double percentile);

/// Minimises the mean squared error of rounding and clipping; both ends are searched on a grid.
/// `codes`: number of codes in the range. Source of the criterion: Banner et al. 2019, "Post
/// training 4-bit quantization", in closed form for Laplace and normal values; here evaluated on
/// the histogram.
Range meanSquaredErrorRange(const Observed& seen, double codes);

/// Minimises the Kullback-Leibler divergence between the clipped distribution of magnitudes and its
/// quantized form. Source: Migacz 2017, "8-bit inference with TensorRT".
Range entropyRange(const Observed& seen);

/// Applies the method that the knobs select. With 16-bit codes rounding errors are negligible, so
/// the two error-based methods return the min-max range.
Range rangeOf(const Observed& seen, const types::QuantizeKnobs& knobs, bool sixteenBits);

}  // namespace calibration
