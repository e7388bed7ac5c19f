// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// WAV files as samples: uncompressed, 8 to 32 bits or float32, at any rate. Channels are averaged;
// sound becomes 16-bit, as microphones of devices give it.

#include <span>

#include "data/dataset.h"

namespace data {

/// Decides by the file name: .wav.
bool isSoundFile(const std::filesystem::path& file);

/// Returns the 16-bit samples of one channel; a damaged or compressed file is an Error with its
/// name.
types::Result<std::vector<int16_t>> decodeSound(std::span<const uint8_t> bytes,
                                                const std::string& name);

types::Result<Sample> readSoundSample(const std::filesystem::path& file, int32_t label);

}  // namespace data
