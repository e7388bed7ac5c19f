// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Images as uint8 pixels, height x width x channels, and their conversion to the size and channels
// of a model's input.

#include <cstdint>
#include <string>
#include <vector>

#include "types/result.h"
#include "types/tensor.h"

namespace data {

struct Image {
    int32_t height = 0, width = 0;
    int32_t channels = 0;         ///< 1: grey, 3: red, green, blue
    std::vector<uint8_t> pixels;  ///< row-major, channels interleaved
};

/// Resizes to height x width without keeping proportions. An axis that shrinks is averaged over the
/// pixels that each new pixel covers (area); one that grows is interpolated between pixel centres
/// (bilinear). Pixels are not rounded; an unchanged size gives the same values.
std::vector<float> resized(const Image& image, int32_t height, int32_t width);

/// Converts interleaved pixels to another channel count: grey is repeated, colour becomes luma
/// (ITU-R BT.601). Equal counts give the same values; unsupported counts an empty vector.
std::vector<float> withChannels(const std::vector<float>& pixels, int32_t from, int32_t to);

}  // namespace data
