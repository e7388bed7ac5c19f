// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which layer of a varied model is which layer of the original.

#include <vector>

#include "types/graph.h"

namespace diagnosis {

struct LayerPair {
    size_t original, varied;  ///< operator indices
};

/// Pairs by Op::origin whose first outputs have one shape, in the varied model's order. Operators
/// that a transform inserted, and layers whose shape changed, are in no pair.
std::vector<LayerPair> pairsByOrigin(const types::Graph& original, const types::Graph& varied);

/// Pairs of two models that know nothing of each other: by the name of the first output where both
/// have it, else the longest common run of operators of one kind and output shape (QUANTIZE and
/// DEQUANTIZE left out). Pairs never cross.
std::vector<LayerPair> pairsByLikeness(const types::Graph& a, const types::Graph& b);

}  // namespace diagnosis
