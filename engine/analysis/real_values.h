// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts codes to real values and back: real = scale * (code - zero point), per tensor or
// channel.

#include <span>
#include <vector>

#include "types/tensor.h"

namespace analysis {

/// Returns the real values of a tensor's bytes, row-major. Codes without quantization are used
/// directly. Empty for types that hold no supported numbers (strings, complex, 64-bit float).
std::vector<float> dequantize(const types::Tensor& tensor, std::span<const uint8_t> bytes);

/// Returns the bytes of a tensor with these real values, row-major: the nearest codes (halves away
/// from zero), clamped to the range of the type; 4-bit codes packed. NaN becomes the zero point.
/// Types as in dequantize().
std::vector<uint8_t> encode(const types::Tensor& tensor, std::span<const float> values);

/// Index of the greatest value, the first of equal ones: a classifier's choice.
size_t firstChoice(const std::vector<float>& scores);

}  // namespace analysis
