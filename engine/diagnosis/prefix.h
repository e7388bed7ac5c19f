// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The operators that a varied model begins with just as the original does. Their results need not
// be computed again: what the rest needs of them is known from a run of the original.

#include <vector>

#include "types/graph.h"

namespace diagnosis {

/// Operators 0 .. result - 1 are the same in both: kind, origin, tensors and constants.
size_t commonPrefix(const types::Graph& original, const types::Graph& varied);

/// The rest of `graph` from operator `first` on, as a model of its own. Inputs: cutBefore(first);
/// outputs: the graph's.
types::Graph restOf(const types::Graph& graph, size_t first);

/// The original's tensor for each of `tensors` of the varied model, which are inputs of the model
/// or made by the common prefix.
std::vector<int32_t> sameTensors(const types::Graph& original, const types::Graph& varied,
                                 const std::vector<int32_t>& tensors);

}  // namespace diagnosis
