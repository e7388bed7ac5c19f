// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingPlan: what a training would do with the user's data, known before it starts.

#include <cstdint>
#include <string>
#include <vector>

#include "types/variation.h"

namespace types {

/// Samples that serve one purpose.
struct TrainingPart {
    int32_t samples = 0;
    /// Files, speakers or recordings, whose samples stay together; as many as samples where each
    /// stands alone.
    int32_t groups = 0;
    std::vector<int32_t> byClass;  ///< samples of each class; empty: unlabelled
};

struct TrainingPlan {
    TrainingPart train;       ///< learned from
    TrainingPart validation;  ///< choose the best epoch
    TrainingPart test;        ///< judge the result; never seen by training
    std::vector<std::string> classNames;  ///< empty: classes are numbers
    bool weighsClasses = false;           ///< samples of rare classes count more
    int32_t leftOut = 0;                  ///< learning samples that the test part holds, too
    std::vector<std::string> frozen;      ///< "#4 ARG_MAX: why": layers that stay as they are
    Augmentation augment = Augmentation::None;  ///< never Auto
    bool flips = false;
    int64_t dataBytes = 0;     ///< samples as they were read
    int64_t keptBytes = 0;     ///< samples kept as floats; the others are converted as used
    int64_t networkBytes = 0;  ///< activations, gradients, parameters and states, at most

    int64_t bytes() const { return dataBytes + keptBytes + networkBytes; }
};

}  // namespace types
