// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingSet: samples to learn from or to validate on. They are read when they are used, so that a
// set may be larger than the memory.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "types/result.h"

namespace learning {

struct TrainingSet {
    size_t count = 0;
    /// Writes the real values of a sample's input; an Error names the sample.
    std::function<types::Result<void>(size_t sample, std::span<float> values)> read;
    std::vector<int32_t> labels;              ///< per sample, -1 unlabelled; empty: none
    std::vector<std::vector<float>> targets;  ///< per sample, of the first output; empty: none
    bool reconstructs = false;                ///< the targets are the inputs (autoencoders)
};

}  // namespace learning
