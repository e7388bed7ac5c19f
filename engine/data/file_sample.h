// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Files that hold one sample each: images (image_file.h) and sounds (sound_file.h).

#include "data/dataset.h"

namespace data {

/// Decides by the file name.
bool isSampleFile(const std::filesystem::path& file);
/// A damaged file is an Error with its name.
types::Result<Sample> readFileSample(const std::filesystem::path& file, int32_t label);

}  // namespace data
