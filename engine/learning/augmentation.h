// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Augmentation of samples: changes that leave the label as it is. Images: shift by up to an eighth,
// flip where allowed, brightness and contrast, a square cut out (DeVries, Taylor 2017). Feature
// maps over time: shift in time, masked times and frequencies (Park et al. 2019), noise. What comes
// in at the edges is the value of the edge, or the mean of the map.

#include <optional>
#include <span>
#include <vector>

#include "learning/random.h"
#include "types/augmented_sample.h"
#include "types/tensor.h"
#include "types/variation.h"

namespace learning {

/// What is done; None leaves samples as they are.
struct AugmentationPlan {
    types::Augmentation kind = types::Augmentation::None;
    bool flips = false;
    int32_t height = 1, width = 1, channels = 1;  ///< features: times, frequencies, 1
    float low = 0, high = 1;                      ///< range of the values in the training samples
    std::optional<types::AugmentationStep> only = {};  ///< this one alone, and always: to show it
};

/// The steps of a plan, in the order in which augment() and mixIn() take them.
std::vector<types::AugmentationStep> stepsOf(const AugmentationPlan& plan);

/// Kind and sizes for an input. Auto: images where `arePixels` or three channels say so, features
/// for maps of one channel that are no square, else None; Images and Features for an input of
/// another rank give None, too. `flip` unset: images in colour are mirrored.
AugmentationPlan augmentationFor(const types::Shape& input, bool arePixels,
                                 types::Augmentation asked, std::optional<bool> flip);

/// Changes one sample in place.
void augment(const AugmentationPlan& plan, Random& random, std::span<float> values);

/// Mixes `other` into a sample of images with some probability; returns its share, 0 to 0.5.
float mixIn(const AugmentationPlan& plan, Random& random, std::span<float> values,
            std::span<const float> other);

}  // namespace learning
