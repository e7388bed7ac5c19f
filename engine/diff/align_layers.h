// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Aligns the layers of two graphs along their sequences (layer_net.h): the pairs that do not cross
// and have the greatest sum of likenesses, by the recurrence of Needleman and Wunsch 1970. Layers
// with equal constants that occur once in each graph are anchors between which the others are
// aligned; anchors may cross, as branches in another order do.

#include <vector>

#include "diff/layer_features.h"
#include "types/work.h"

namespace diff {

/// A layer of the baseline and one of the candidate.
struct AlignedPair {
    int32_t baseline = -1, candidate = -1;
    bool operator==(const AlignedPair&) const = default;
};

struct Aligned {
    std::vector<AlignedPair> anchors;  ///< equal constants
    std::vector<AlignedPair> pairs;    ///< the others, likely ones
};

/// A graph with what is known of its layers.
struct Side {
    LayerNet net;
    std::vector<LayerFeatures> features;

    const LayerFeatures& of(int32_t layer) const { return features[static_cast<size_t>(layer)]; }
};

/// Stops early, with what it has, where the work is stopped.
Aligned alignLayers(const Side& baseline, const Side& candidate, const types::Work& work);

}  // namespace diff
