// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pairs of linear layers whose channels can be scaled against each other: only the second layer
// reads the output of the first, through operators that apply one function to all values of a
// channel and commute with positive factors.

#include <vector>

#include "quantize/float_model.h"

namespace quantize {

struct EqualizedPair {
    size_t first = 0, second = 0;       ///< operators
    bool clipped = false;               ///< RELU6 is fused into the first
    std::vector<int32_t> between = {};  ///< activations from the first to the second
};

/// Returns pairs in order of execution. Layers that share weights or biases are in no pair.
std::vector<EqualizedPair> findLayerPairs(const FloatModel& model);

}  // namespace quantize
