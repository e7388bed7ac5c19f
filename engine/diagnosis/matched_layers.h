// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pairs the layers of a varied model with the layers of the original.

#include <vector>

#include "types/graph.h"

namespace diagnosis {

struct LayerPair {
    size_t original, varied;  ///< operator indices
};

/// Pairs by Op::origin where the first outputs have one shape, in the varied model's order.
/// Operators that a transform inserted and layers whose shape changed stay unpaired.
std::vector<LayerPair> pairsByOrigin(const types::Graph& original, const types::Graph& varied);

/// Pairs of two models of unknown relation: by the name of the first output where both have it,
/// else by the longest common subsequence of operator kind and output shape (without QUANTIZE and
/// DEQUANTIZE). Pairs never cross.
std::vector<LayerPair> pairsByLikeness(const types::Graph& a, const types::Graph& b);

}  // namespace diagnosis
