// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Unstructured pruning: of each layer's weights a share of the smallest is set to zero. Zeros
// change neither time nor the size in flash, since no kernel skips them and the file stores them;
// only a compressed file shrinks (Totals::compressedBytes), and `changes` says so.

#include "transform/apply.h"

namespace transform {

/// Weights are chosen by the magnitude of their real values, of equal ones the earlier; those that
/// are zero already count.
types::Result<types::GraphPtr> zeroWeights(const types::GraphPtr& graph,
                                           const types::Variation& variation,
                                           const ApplyContext& context,
                                           std::vector<std::string>& changes);

/// Weights of all layers whose real value is 0; constants that layers share count once.
int64_t countZeroWeights(const types::Graph& graph);

}  // namespace transform
