// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: models in the operator-oriented form (QLinearConv, QLinearAdd, QGemm, ...)
// become models in QDQ form, which is the only quantized form that the conversion knows: every
// quantized operator becomes DequantizeLinear, the plain operator, QuantizeLinear.
//
// Integer operators without a scale of their result (ConvInteger, MatMulInteger) and dynamic
// quantization become plain operators on real numbers: their codes follow from data at run time.

#include "onnx/onnx_network.h"

namespace onnx {

/// Computes what follows from constants alone, so that scales and weights are at hand.
void foldConstantNodes(OnnxNetwork& network);

void expandQuantizedOperators(OnnxNetwork& network);

}  // namespace onnx
