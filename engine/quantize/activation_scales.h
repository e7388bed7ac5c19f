// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scales and zero points of activations and of constants that are not weights.
//
// int8: scale = (high - low) / 255, with a zero point that gives 0 an exact code; int16: scale =
// largest magnitude / 32767, zero point 0. Variants that share a scale cover the ranges of all.
// Source: TFLite's 8-bit quantization specification and its 16x8 extension.

#include <map>

#include "calibration/range_methods.h"
#include "quantize/tensor_variants.h"

namespace quantize {

/// Knowledge about an activation: its range for 8 and for 16 bits, or that its stored scale is to
/// be kept.
struct ActivationRange {
    calibration::Range eightBits, sixteenBits;
    bool keepStored = false;  ///< if the type is the stored one; else use the stored range
};

/// By tensor; has an entry for every activation with an integer variant.
using ActivationRanges = std::map<int32_t, ActivationRange>;

/// Returns the scale that covers a range, widened to contain 0.
types::Quantization scaleFor(calibration::Range range, types::DataType type);

/// Returns the range of real values of a stored tensor's codes.
calibration::Range storedRange(const StoredAs& stored);

/// Returns one entry per variant; empty for float32.
std::vector<types::Quantization> activationScales(const FloatModel& model,
                                                  const TensorVariants& variants,
                                                  const ActivationRanges& ranges);

}  // namespace quantize
