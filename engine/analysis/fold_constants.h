// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Folding: values that follow from constants alone are computed once instead of in every invoke.
// Converters write weights in float16, or in codes of 2 to 8 bits, behind a DEQUANTIZE ("float16"
// models), or as operands of layers with float activations ("dynamic range", "hybrid" models).
// TFLM's tools encode weights and decode them with TFLM_DECODE (analysis/decode.h).
//
// A hybrid layer is computed with float weights here. TensorFlow Lite also rounds its activations
// to 8 bits in every invoke; TFLM refuses it.

#include <optional>
#include <vector>

#include "types/graph.h"

namespace analysis {

/// True where an operator's output, or an operand that it reads in codes, folds to a constant.
bool isFoldable(const types::Graph& graph, const types::Op& op);
/// Indices of all such operators.
std::vector<size_t> foldableOps(const types::Graph& graph);
/// Those that give TFLM's values when they are folded: without a DEQUANTIZE of 8 or 16 bits with
/// scales per channel, which TFLM runs with the first scale alone.
std::vector<size_t> foldableAsTflm(const types::Graph& graph);

/// Folds the given operators, which stay in the list: the output of a DEQUANTIZE or
/// TFLM_DECODE gets data, which makes it a constant; a layer's operands in codes are replaced by
/// new float tensors behind the others. Such a graph may be planned and lowered, where an operator
/// with constant outputs only has nothing to do. Returns how many operators it folded: not those
/// whose scales do not fit.
int foldConstants(types::Graph& graph, const std::vector<size_t>& ops);

/// True where folding left an operator nothing to do.
bool isFolded(const types::Graph& graph, const types::Op& op);

/// The graph with the outputs of TFLM_DECODE as constants; empty where it has none.
std::optional<types::Graph> withDecoded(const types::Graph& graph);

}  // namespace analysis
