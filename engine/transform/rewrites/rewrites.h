// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rewrites: replace operators by others that compute the same (perTensorDense: nearly the same) and
// that more runtimes take. One function each, in the order in which rewrite() applies them; each
// returns how many operators it replaced, or an Error.

#include <functional>
#include <string>
#include <vector>

#include "transform/apply.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace transform {

/// The first step of apply(): the rewrites that the knobs ask for. Where any other knob acts, it
/// also folds constants behind DEQUANTIZE, because later steps look for weights as constants; and
/// weights with scales in blocks, where their layer gets another precision.
types::Result<types::GraphPtr> rewrite(const types::GraphPtr& graph,
                                       const types::Variation& variation,
                                       const ApplyContext& context,
                                       std::vector<std::string>& changes);

/// Replaces STABLEHLO_COMPOSITE operators by the operators of their decompositions. Subgraphs that
/// nobody calls afterwards stay in the file.
types::Result<int> inlineComposites(types::Graph& graph);

/// Folds constants (analysis/fold_constants.h), and removes the operators that this leaves idle.
/// Only of operators that `wants` accepts.
int foldConstants(types::Graph& graph, const std::function<bool(const types::Op&)>& wants);

/// SELECT to SELECT_V2, which TFLM has. A vector of conditions, one per slice of the first axis,
/// gets the rank of the operands.
int selectToV2(types::Graph& graph);

/// BATCH_MATMUL with a constant matrix on the right to FULLY_CONNECTED.
int matMulToDense(types::Graph& graph);

/// FULLY_CONNECTED with one weight scale per output to one scale per tensor: the largest, to which
/// the codes are rounded.
int perTensorDense(types::Graph& graph);

}  // namespace transform
