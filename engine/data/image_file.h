// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JPEG and PNG files as samples (libjpeg-turbo, libpng). Grey images have one channel, all others
// three; transparent pixels are blended with black.

#include <span>

#include "data/dataset.h"
#include "data/image.h"

namespace data {

/// Decides by the file name: .jpg, .jpeg or .png.
bool isImageFile(const std::filesystem::path& file);

/// A damaged or truncated image is an Error with its name.
types::Result<Image> decodeImage(std::span<const uint8_t> bytes, const std::string& name);

/// Reads the file as a sample of pixels. An image whose shorter side exceeds 256 is reduced to 256,
/// keeping its proportions, so that a folder of photographs fits into memory.
types::Result<Sample> readImageSample(const std::filesystem::path& file, int32_t label);

}  // namespace data
