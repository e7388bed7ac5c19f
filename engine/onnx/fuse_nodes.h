// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: nodes that become part of a layer in front: BatchNormalization, and sums
// and products with one constant per channel, go into its weights and bias; a Pad in front of a
// convolution into its padding; x * HardSigmoid(x) is HardSwish. Weights in codes stay as they are.

#include "onnx/onnx_network.h"

namespace onnx {

void fuseNodes(OnnxNetwork& network);

}  // namespace onnx
