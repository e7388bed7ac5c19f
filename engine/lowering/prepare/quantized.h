// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: converts scales and zero points to the numbers that integer kernels use.
// Source of the arithmetic: TFLM's Prepare functions (quantization_util, kernel_util); doubles and
// floats are used where they use them, because the last bit depends on it.

#include <array>
#include <functional>

#include "lowering/prepare/op_view.h"
#include "runtime/fixed_point.h"

namespace lowering {

/// A real number as multiplier and power of two; refuses numbers of 2^31 and more.
runtime::Factor factorOf(const OpView& op, double real);
/// The same for kernels with 64-bit sums, whose factors stay below 2^8.
runtime::Factor wideFactorOf(const OpView& op, double real);

/// Factor for differences of 8-bit codes, scaled to 5 integer and 26 fraction bits for an
/// exponential; and the largest difference that fits.
runtime::Factor fiveBitFactor(const OpView& op, double scale);
int32_t fiveBitRadius(runtime::Factor factor);

/// The single scale / zero point of a tensor; refuses tensors without quantization.
float scaleOf(const OpView& op, const types::Tensor& tensor);
int32_t zeroPointOf(const OpView& op, const types::Tensor& tensor);
/// Refuses a zero point other than 0 (weights and 16-bit activations are symmetric).
void requireSymmetric(const OpView& op, const types::Tensor& tensor, const char* role);
/// Refuses tensors with different quantization.
void requireSameQuantization(const OpView& op, const types::Tensor& a, const types::Tensor& b);

struct IntRange {
    int32_t lowest, highest;
};
/// types::codeRange() in the form that kernels store.
IntRange codesOf(types::DataType type);
/// Output codes within a fused activation's range.
IntRange activationRange(const OpView& op, types::Activation activation,
                         const types::Tensor& output);

struct FloatRange {
    float lowest, highest;
};
FloatRange activationRange(const OpView& op, types::Activation activation);

/// Sets the clamps that most parameter structs have, for integer and float outputs.
template <typename Params>
void setActivation(const OpView& op, types::Activation activation, Params& params) {
    if (op.output().type == types::DataType::Float32) {
        const FloatRange range = activationRange(op, activation);
        params.lowestFloat = range.lowest;
        params.highestFloat = range.highest;
    } else {
        const IntRange range = activationRange(op, activation, op.output());
        params.lowest = range.lowest;
        params.highest = range.highest;
    }
}

}  // namespace lowering
