// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The leading operators that a varied model shares with the original. Their results need not be
// computed again: a run of the original supplies what the rest needs.

#include <vector>

#include "types/graph.h"

namespace diagnosis {

/// Returns n such that operators 0 .. n - 1 are equal in both: kind, origin, tensors and constants.
size_t commonPrefix(const types::Graph& original, const types::Graph& varied);

/// Returns `graph` from operator `first` on as a model. Inputs: cutBefore(first); outputs: the
/// graph's.
types::Graph restOf(const types::Graph& graph, size_t first);

/// Returns the original's tensor for each of `tensors` of the varied model; these are model inputs
/// or computed by the common prefix.
std::vector<int32_t> sameTensors(const types::Graph& original, const types::Graph& varied,
                                 const std::vector<int32_t>& tensors);

}  // namespace diagnosis
