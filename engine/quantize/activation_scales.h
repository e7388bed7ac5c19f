// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scales and zero points of activations and of constants that are no weights.
//
// int8: scale = (high - low) / 255, zero point such that 0 has a code of its own; int16: scale =
// largest magnitude / 32767, zero point 0. TensorVariants that share a scale cover the ranges of
// all. Source: TFLite's 8-bit quantization specification and its 16x8 extension.

#include <map>

#include "calibration/range_methods.h"
#include "quantize/tensor_variants.h"

namespace quantize {

/// What is known of an activation: its range for 8 and for 16 bits, or that its stored scale is to
/// be kept.
struct ActivationRange {
    calibration::Range eightBits, sixteenBits;
    bool keepStored = false;  ///< where the type is as stored; else the stored codes' range holds
};

/// By tensor; every activation that takes an integer variant has an entry.
using ActivationRanges = std::map<int32_t, ActivationRange>;

/// The scale that covers a range (which is widened to hold 0).
types::Quantization scaleFor(calibration::Range range, types::DataType type);

/// The real numbers that a stored tensor's codes reach.
calibration::Range storedRange(const StoredAs& stored);

/// One entry per variant; empty for float32.
std::vector<types::Quantization> activationScales(const FloatModel& model,
                                                  const TensorVariants& variants,
                                                  const ActivationRanges& ranges);

}  // namespace quantize
