// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The weights of a layer as real values, and new real values put in their owner.

#include <optional>
#include <vector>

#include "transform/channels/constant_edits.h"
#include "types/graph.h"

namespace transform {

/// Operand that holds the weights of a layer (convolutions, matrix products, SVDF): a constant of
/// numbers that we read. Nothing for operators without one.
std::optional<size_t> weightOperand(const types::Graph& graph, size_t op);

/// Real values of a constant operand, row-major.
std::vector<float> realOperand(const types::Graph& graph, size_t op, size_t operand);

/// New weights and biases for a convolution or fully connected layer, through `edits`. Quantized
/// weights get new symmetric scales, as many as they had: largest magnitude / 127 (4 bits: / 7);
/// biases the scale input * weight (TFLite's 8-bit quantization specification). `bias` is left
/// alone where the layer has none.
void setWeights(const types::Graph& graph, size_t op, const std::vector<float>& weights,
                const std::vector<float>& bias, ConstantEdits& edits);

}  // namespace transform
