// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Images as uint8 pixels, height x width x channels, and their way to the size and channels of a
// model's input.

#include <cstdint>
#include <string>
#include <vector>

#include "types/result.h"
#include "types/tensor.h"

namespace data {

struct Image {
    int32_t height = 0, width = 0;
    int32_t channels = 0;         ///< 1 grey, 3 red, green, blue
    std::vector<uint8_t> pixels;  ///< row-major, channels interleaved
};

/// Stretched to height x width: each axis is averaged over the pixels that a new one covers where
/// it shrinks (area), and interpolated between pixel centres where it grows (bilinear). Pixels are
/// not rounded. The very values where the size stays.
std::vector<float> resized(const Image& image, int32_t height, int32_t width);

/// Interleaved pixels with other channels: grey is repeated, colour becomes luma (ITU-R BT.601).
/// The same values where the channels stay; empty where neither applies.
std::vector<float> withChannels(const std::vector<float>& pixels, int32_t from, int32_t to);

}  // namespace data
