// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Unstructured pruning: sets a share of each layer's smallest weights to zero. Zeros change neither
// latency nor flash, because no kernel skips them and the file stores them; only a compressed file
// shrinks (Totals::compressedBytes), which `changes` reports.

#include "transform/apply.h"

namespace transform {

/// Selects weights by the magnitude of their real values, of equal ones the earlier; weights that
/// are already zero count.
types::Result<types::GraphPtr> zeroWeights(const types::GraphPtr& graph,
                                           const types::Variation& variation,
                                           const ApplyContext& context,
                                           std::vector<std::string>& changes);

/// Weights of all layers whose real value is 0; constants that layers share count once.
int64_t countZeroWeights(const types::Graph& graph);

}  // namespace transform
