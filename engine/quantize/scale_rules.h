// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What each operator asks of the scales of its operands when it computes on integer codes.
// Source: TFLite's 8-bit quantization specification, and the checks in TFLM's Prepare functions.

#include <optional>

#include "types/graph.h"

namespace quantize {

enum class ScaleRule : int8_t {
    None,    ///< no integer variant here: the operator computes in float32
    Own,     ///< every operand has a scale of its own, the kernel rescales
    Shared,  ///< the kernel moves or compares codes: all real operands and outputs have one scale
    Fixed,   ///< the output's scale is prescribed
};

ScaleRule scaleRule(types::OpKind kind);

/// Scale and zero point of the output of an operator with ScaleRule::Fixed, for int8 or int16.
types::Quantization fixedOutput(types::OpKind kind, types::DataType type);

/// Operands of a layer with constant weights.
struct WeightRoles {
    size_t input, weights, bias;
    int32_t channelAxis;  ///< of the weights: one slice per output channel
};

/// Nothing where the operator has no weights, or its weights or biases are computed at run time.
std::optional<WeightRoles> weightRoles(const types::Graph& graph, size_t op);

}  // namespace quantize
