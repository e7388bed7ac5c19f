// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/file_sample.h"

#include "data/image_file.h"
#include "data/sound_file.h"

namespace data {

bool isSampleFile(const std::filesystem::path& file) {
    return isImageFile(file) || isSoundFile(file);
}

types::Result<Sample> readFileSample(const std::filesystem::path& file, int32_t label) {
    return isSoundFile(file) ? readSoundSample(file, label) : readImageSample(file, label);
}

}  // namespace data
