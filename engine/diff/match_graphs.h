// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// matchGraphs(): which layers of two graphs belong together, by origin or by structure, never by
// position or name alone. One may match several, after fusion or splitting; QUANTIZE and DEQUANTIZE
// that only one side has, dropped blocks and added layers stay without counterpart.
//
// Time: two graphs of 5,000 layers without an equal constant take about half a second; equal
// constants make it faster. Memory: one byte per pair of layers, at most 64 MB; beyond 8,000 layers
// on both sides only layers near the diagonal between two anchors are compared.
//
// Only the graph itself is matched, not the subgraphs that it calls. Thread rules: a pure function.

#include <vector>

#include "types/graph.h"
#include "types/model_diff.h"
#include "types/result.h"
#include "types/work.h"

namespace diff {

/// Sorted as ModelDiff::layers. `sharesOrigins`: both are variations of one model as opened, so
/// that Op::origin tells what belongs together; a file that was written and opened again has new
/// ones. Fails only where the work is stopped.
types::Result<std::vector<types::LayerMatch>> matchGraphs(const types::Graph& baseline,
                                                          const types::Graph& candidate,
                                                          bool sharesOrigins,
                                                          const types::Work& work = {});

}  // namespace diff
