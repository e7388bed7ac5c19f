// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// drawGraph(): the picture of a model: its operators, inputs and outputs with repeated blocks
// folded, and beside them the subgraphs that it calls, as high as their callers. Constants have no
// boxes.

#include "types/drawn_graph.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace layout {

/// Sizes of boxes in pixels.
inline constexpr float kBoxWidth = 208, kBoxHeight = 44, kEndWidth = 148, kEndHeight = 30;

/// Requires a validated graph. Errors: stopped.
types::Result<types::DrawnGraph> drawGraph(const types::Graph& graph,
                                           const types::DrawingOptions& options = {},
                                           const types::Work& work = {});

}  // namespace layout
