// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// solveLayer(): new weights and biases for one layer by least squares: a convolution or dense layer
// as one problem, a depthwise convolution as one for each channel.

#include <string>

#include "transform/recovery/layer_samples.h"

namespace transform {

/// True where what follows a linear layer (its fused activation, the range of its codes) only
/// clamps its values.
bool isClamp(const types::Graph& graph, size_t op);

/// Gives layer `op` of `graph` new weights where these bring it closer to the wanted outputs of the
/// held-out samples, rounding to codes included; the sentence tells people.
std::string solveLayer(types::Graph& graph, size_t op, LayerSamples samples);

}  // namespace transform
