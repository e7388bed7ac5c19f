// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerInt8: what CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED on 8-bit codes have in common, as
// packing reads it from a Program. A dense layer is a convolution of 1x1 over as many positions as
// it has rows.

#include "runtime/fixed_point.h"
#include "runtime/host/padded_image.h"
#include "runtime/kernel.h"

namespace runtime {

/// How much of the rounding in fixed_point.h a layer needs.
enum class Rounding {
    Positive,  ///< results below the output's zero point are clamped away (ReLU)
    Signed,
    General,  ///< also left shifts, shifts by zero and sums of 2^30 and more
};

/// Offset and clamps of a layer's codes; the clamps are codes themselves.
struct CodeRange {
    int32_t offset, lowest, highest;
};

struct LayerInt8 {
    Window window;
    int32_t filterChannels = 0;  ///< 0: depthwise
    int32_t depthMultiplier = 1;
    Stuffing stuffing;  ///< TRANSPOSE_CONV: taps are counted from the filter's end
    int32_t inputOffset = 0;
    CodeRange range{};
    const int8_t* weights = nullptr;
    bool fourBits = false;
    const int32_t* bias = nullptr;  ///< may be absent
    const Factor* factors = nullptr;
    int32_t factorCount = 0;  ///< 1, or one per output channel

    bool depthwise() const { return filterChannels == 0; }
    /// Which operand the layer's values are.
    uint32_t inputOperand() const { return stuffing.any() ? 1 : 0; }
    int32_t taps() const { return window.filterHeight * window.filterWidth; }
    int32_t zeroPoint() const { return -inputOffset; }
    Factor factor(int32_t channel) const { return factors[factorCount > 1 ? channel : 0]; }
    int8_t weight(int32_t channel, int32_t tap, int32_t input) const;
    /// Bias plus (inputOffset - valueBias) times the channel's weights: where sums over values
    /// (code + valueBias) start. Wraps.
    uint32_t start(int32_t channel, int32_t valueBias) const;
    Rounding rounding() const;
};

/// False where the fast kernels do not serve the operator: weights that are not constant, clamps
/// that are no codes, an empty output.
bool describeConvolution(const Call& call, bool fourBits, LayerInt8& layer);
bool describeTransposed(const Call& call, LayerInt8& layer);
bool describeDepthwise(const Call& call, bool fourBits, LayerInt8& layer);
bool describeFullyConnected(const Call& call, bool fourBits, LayerInt8& layer);

}  // namespace runtime
