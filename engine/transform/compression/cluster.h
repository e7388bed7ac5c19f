// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Clusters weights: each moves to the nearest of a few values, so that look-up tables can hold
// them. Values are found by Lloyd's algorithm (k-means in one dimension) from evenly filled
// quantiles; a channel that has zeros keeps zero as one of its values.

#include <optional>
#include <vector>

#include "types/graph.h"

namespace transform {

/// Returns the bytes of a constant in which each channel (each tensor with one scale or none) has
/// at most 2^bits values. Nothing for types other than int8, int16 and float32, and for scales
/// along an axis that TFLM does not decode.
std::optional<std::vector<uint8_t>> clustered(const types::Tensor& tensor,
                                              std::span<const uint8_t> data, int32_t bits);

}  // namespace transform
