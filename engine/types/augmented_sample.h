// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// AugmentedSample: what training makes of a sample, to be looked at before it starts.

#include <cstdint>
#include <string>
#include <vector>

namespace types {

/// The changes that an augmentation is made of.
enum class AugmentationStep : int8_t {
    Shift,
    Mirror,
    Brightness,
    CutOut,
    Mixture,
    MaskedTimes,
    MaskedBand,
    Noise
};

/// A sample as it is, and after each step alone.
struct AugmentedSample {
    std::string name;
    int32_t height = 1, width = 1, channels = 1;  ///< features: times, frequencies, 1
    float low = 0, high = 1;                      ///< range of the values of the training samples
    struct Change {
        AugmentationStep step = AugmentationStep::Shift;
        std::vector<float> values;
    };
    std::vector<float> before;  ///< height x width x channels real values
    std::vector<Change> changes;
};

}  // namespace types
