// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Constraints of each operator on the scales of its operands when it computes on integer codes.
// Source: TFLite's 8-bit quantization specification, and the checks in TFLM's Prepare functions.

#include <optional>

#include "types/graph.h"

namespace quantize {

enum class ScaleRule : int8_t {
    None,    ///< no integer kernel here: the operator computes in float32
    Own,     ///< every operand has its own scale; the kernel rescales
    Shared,  ///< the kernel moves or compares codes: real operands and outputs share one scale
    Fixed,   ///< the specification fixes the output's scale
};

ScaleRule scaleRule(types::OpKind kind);

/// Returns scale and zero point of the output of an operator with ScaleRule::Fixed, for int8 or
/// int16.
types::Quantization fixedOutput(types::OpKind kind, types::DataType type);

/// Indices of the operands of a layer with constant weights.
struct WeightRoles {
    size_t input, weights, bias;
    int32_t channelAxis;  ///< of the weights: has one slice per output channel
};

/// Returns nothing where the operator has no weights, or where weights or biases are computed at
/// run time or have scales in blocks.
std::optional<WeightRoles> weightRoles(const types::Graph& graph, size_t op);

}  // namespace quantize
