// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// allocateShares(): how much each channel group is to lose, by what its loss costs at the model's
// output, measured.
//
// Every group loses a quarter and half of its channels alone. Between and beyond, the distance of
// the outputs is taken as a power of the share, the MACs saved as proportional to it. The shares
// that leave the wanted MACs at the least sum of distances have one price per MAC in common, which
// bisection finds (a Lagrange multiplier); MACs of the whole are counted, since neighbouring groups
// save together less than alone.

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "types/result.h"

namespace transform {

/// Share removed of the group that a layer makes, by the layer's Op::origin.
using LayerShares = std::map<int32_t, double>;

/// What a model loses by shares: the distance of its outputs, and the MACs that it has left.
struct ShareTrial {
    double distance = 0;
    int64_t macs = 0;
};

struct ShareQuestion {
    std::vector<int32_t> layers;   ///< one of each group
    int64_t macs = 0, wanted = 0;  ///< of the whole model, and those to leave at most
    /// Removes, recovers and measures; an Error where that cannot be done.
    std::function<types::Result<ShareTrial>(const LayerShares& shares)> measure;
    /// Removes and counts MACs.
    std::function<types::Result<int64_t>(const LayerShares& shares)> count;
};

/// Returns shares that leave at most the wanted MACs; an Error where none do.
types::Result<LayerShares> allocateShares(const ShareQuestion& question);

}  // namespace transform
