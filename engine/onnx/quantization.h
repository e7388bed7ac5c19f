// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: scales, zero points and codes of ONNX in our ranges.

#include "onnx/conversion.h"

namespace onnx {

/// Our scale of an activation that ONNX quantizes to `type`; nothing where no integer kernel takes
/// it (16 bits that are not symmetric, 4 bits, a scale that is not positive).
std::optional<ActivationScale> activationScale(double scale, double zeroPoint,
                                               types::DataType type);
/// The element type that a QuantizeLinear gives.
types::DataType quantizedTypeOf(const NodeArguments& quantize);
/// The scale of a QuantizeLinear or DequantizeLinear of an activation.
std::optional<ActivationScale> scaleOfNode(const NodeArguments& node, types::DataType type);

/// Codes less their zero points as a constant for the weights of an integer layer; nothing where
/// they do not fit into int8. Channels are slices along `axis` of the array, which also becomes the
/// quantized axis.
std::optional<ConstantCodes> symmetricCodes(const ConstantCodes& codes, size_t axis);

/// Bias codes for a layer's sums: scale = input * weights, per channel. Codes of the model that
/// have this scale are taken as they are.
ConstantCodes biasCodes(const OnnxValue& bias, float inputScale,
                        const std::vector<float>& weightScales, types::DataType type);

/// A constant operand of an integer operator of this activation type, with one scale: its codes, or
/// code 1 for a constant of equal values. Nothing for others.
std::optional<ConstantCodes> operandCodes(const OnnxValue& value, types::DataType type);

/// The limits of a Clip, infinite where it has none.
std::pair<double, double> clipLimits(const NodeArguments& clip);
/// The activation that a layer can have itself.
std::optional<types::Activation> fusedActivationOf(const NodeArguments& arguments);

}  // namespace onnx
