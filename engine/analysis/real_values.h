// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Codes to real values and back: real = scale * (code - zero point), per tensor or per channel.

#include <span>
#include <vector>

#include "types/tensor.h"

namespace analysis {

/// Real values of a tensor's bytes, row-major. Codes without quantization are taken as they are.
/// Empty for types that hold no numbers of ours (strings, complex, 64-bit float).
std::vector<float> dequantize(const types::Tensor& tensor, std::span<const uint8_t> bytes);

/// Bytes of a tensor that holds these real values, row-major: the nearest codes (halves away from
/// zero), held inside the range of the type; 4-bit codes packed. Values that are no number become
/// the zero point. Types as in dequantize().
std::vector<uint8_t> encode(const types::Tensor& tensor, std::span<const float> values);

/// Place of the greatest value, the first of equal ones: a classifier's choice.
size_t firstChoice(const std::vector<float>& scores);

}  // namespace analysis
