// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From the values that a tensor took to the range that its codes cover: one function a method. A
// narrower range than all values gives finer steps and clips the rare values outside.

#include "calibration/observe.h"
#include "types/variation.h"

namespace calibration {

struct Range {
    double low = 0, high = 0;

    bool operator==(const Range&) const = default;
};

/// Every value seen. Source: TFLite's post-training calibration.
Range minMaxRange(const Observed& seen);

/// What is left when 100 - percentile per cent of the values are clipped at either end.
Range percentileRange(const Observed& seen, double percentile);

/// The range with the least mean squared error of rounding and clipping, both ends searched for on
/// a grid. `codes`: how many codes share the range. Source of the criterion: Banner et al. 2019,
/// "Post training 4-bit quantization", there in closed form for Laplace and normal values; here
/// measured on the histogram.
Range meanSquaredErrorRange(const Observed& seen, double codes);

/// The threshold with the least Kullback-Leibler divergence between the clipped distribution of
/// magnitudes and its form in as many levels as there are codes. Source: Migacz 2017, "8-bit
/// inference with TensorRT".
Range entropyRange(const Observed& seen);

/// The method that the knobs ask for. With 16-bit codes rounding is so fine that only min-max and
/// percentile make sense; the other two then give the min-max range.
Range rangeOf(const Observed& seen, const types::QuantizeKnobs& knobs, bool sixteenBits);

}  // namespace calibration
