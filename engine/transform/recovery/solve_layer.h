// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// solveLayer(): computes new weights and biases of one layer by least squares: a convolution or
// dense layer as one problem, a depthwise convolution as one per channel.

#include <string>

#include "transform/recovery/layer_samples.h"

namespace transform {

/// True where the steps behind a linear layer (its fused activation, the range of its codes) only
/// clamp its values.
bool isClamp(const types::Graph& graph, size_t op);

/// Gives layer `op` of `graph` new weights where these reduce the error of its outputs on the
/// held-out samples, rounding to codes included. Returns a display sentence.
std::string solveLayer(types::Graph& graph, size_t op, const LayerSamples& samples);

}  // namespace transform
