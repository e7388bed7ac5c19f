// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts codes to real values and back: real = scale * (code - zero point), per tensor or
// channel.

#include <span>
#include <vector>

#include "types/graph.h"

namespace analysis {

/// Returns the real values of a tensor's bytes, row-major. Codes without quantization are used
/// directly. Empty for types that hold no supported numbers (strings, complex, 64-bit float).
std::vector<float> dequantize(const types::Tensor& tensor, std::span<const uint8_t> bytes);

/// The same for a constant of the graph, whose scales may be another tensor (BlockScales). Empty
/// also where it is sparse, lies in another file, or has scales along several axes.
std::vector<float> constantValues(const types::Graph& graph, int32_t tensor);

/// Returns the bytes of a tensor with these real values, row-major: the nearest codes (halves away
/// from zero), clamped to the range of the type; 4-bit codes packed. NaN becomes the zero point.
/// Types as in dequantize().
std::vector<uint8_t> encode(const types::Tensor& tensor, std::span<const float> values);

/// Index of the greatest value, the first of equal ones: a classifier's choice.
size_t firstChoice(const std::vector<float>& scores);

}  // namespace analysis
