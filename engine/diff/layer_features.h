// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerFeatures: what two layers are compared by: the operator with its options, its neighbourhood,
// the shape of its output and its constants. None depends on the position in the file.
//
// Neighbourhoods are colours after Weisfeiler and Lehman 1968: a layer's colour is a hash of its
// operator; each round adds the colours of its producers, in order, and of its consumers. Shapes
// are left out, so that pruning and another input size keep the colours.
//
// Constants are compared in three ways, the first that applies: equal bytes; the cosine of 32 of
// the weights' real values, where the shapes are equal; else how many of the channels' greatest
// weights and biases occur in the other layer, since pruning keeps those of the channels that stay.

#include <array>
#include <cstdint>
#include <vector>

#include "diff/layer_net.h"
#include "types/work.h"

namespace diff {

struct LayerFeatures {
    int32_t family = 0;  ///< operators that may stand for one another share it
    uint32_t options = 0, name = 0;
    uint32_t near = 0, far = 0;  ///< colours after one and after three rounds
    int32_t channels = 0;        ///< last dimension of the first output
    uint32_t spatial = 0;        ///< its other dimensions
    uint64_t constants = 0;      ///< of all weights and biases; 0: there are none
    uint32_t weightShape = 0;
    bool isLarge = false;  ///< enough constants that equal ones mean the same layer
    bool hasSample = false;
    std::array<float, 32> sample = {};    ///< of length 1
    std::array<uint64_t, 8> values = {};  ///< set of channel values, as bits
    int valueCount = 0;                   ///< bits that are set
};

/// One entry per operator; those of links are empty.
std::vector<LayerFeatures> featuresOf(const LayerNet& net);

/// Whether one operator may stand for the other.
inline bool mayMatch(const LayerFeatures& a, const LayerFeatures& b) {
    return a.family == b.family;
}
/// Likeness of two layers of one family, about 2 to 13; 0 or less: they are hardly the same.
float likeness(const LayerFeatures& a, const LayerFeatures& b);

/// Operand with the most constant values that are weights (no shapes, axes or paddings), as
/// constantBehind() finds it; -1: none.
int32_t weightsOf(const LayerNet& net, int32_t layer);

}  // namespace diff
