// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pairs of linear layers whose channels can be scaled against each other: what the first writes
// reaches the second alone, through operators that treat all values of a channel alike and commute
// with positive factors.

#include <vector>

#include "quantize/float_model.h"

namespace quantize {

struct EqualizedPair {
    size_t first = 0, second = 0;       ///< operators
    bool clipped = false;               ///< by RELU6 fused into the first
    std::vector<int32_t> between = {};  ///< activations from the first to the second
};

/// In order of execution. Layers whose weights or biases others use, too, are in no pair.
std::vector<EqualizedPair> findLayerPairs(const FloatModel& model);

}  // namespace quantize
