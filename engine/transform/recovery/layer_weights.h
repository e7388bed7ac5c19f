// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads the weights of a layer as real values, and replaces them.

#include <optional>
#include <vector>

#include "transform/channels/constant_edits.h"
#include "types/graph.h"

namespace transform {

/// Returns the operand with the weights of a layer (convolutions, matrix products, SVDF): a
/// constant of readable numbers. Nothing for operators without one.
std::optional<size_t> weightOperand(const types::Graph& graph, size_t op);

/// Returns the real values of a constant operand, row-major.
std::vector<float> realOperand(const types::Graph& graph, size_t op, size_t operand);

/// Sets new weights and biases of a convolution or fully connected layer, through `edits`.
/// Quantized weights get as many new symmetric scales as they had: largest magnitude / 127 (4 bits:
/// / 7); biases have the scale input * weight (TFLite's 8-bit quantization specification). `bias`
/// is ignored where the layer has none.
void setWeights(const types::Graph& graph, size_t op, const std::vector<float>& weights,
                const std::vector<float>& bias, ConstantEdits& edits);

}  // namespace transform
