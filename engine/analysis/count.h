// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Counting: MACs, ops, parameters and weight bytes of each operator.
//
// MACs: one multiply with its accumulate, taps in the padding included; bias, activation and
// requantization are not MACs. Ops = 2 x MACs + all other arithmetic operations on elements (bias
// additions, pool additions and comparisons, element-wise arithmetic; requantization depends on the
// implementation and is not counted). Parameters: elements of constant tensors, each counted at the
// first operator that uses it, so that layers sum to the total; shape, axis and padding operands
// are constants of the file (weightBytes) but not parameters. Weights that TFLM_DECODE reads count
// there, as many as they decode to; weightBytes are those of the encoded data.
//
// An operator that calls subgraphs counts what they compute: IF the branch with more ops, WHILE its
// condition and one round of its body, CALL_ONCE nothing, because it runs only before the first
// inference, a composite its decomposition. Their constants count once, where no operator before
// shares their buffer.

#include <vector>

#include "types/graph.h"

namespace analysis {

struct OpCounts {
    int64_t macs = 0, ops = 0, params = 0, weightBytes = 0;
};

/// Returns one entry per operator of a validated graph.
std::vector<OpCounts> countOps(const types::Graph& graph);

/// Returns the MACs of one operator; 0 for operators without MACs.
int64_t countMacs(const types::Graph& graph, const types::Op& op);

}  // namespace analysis
