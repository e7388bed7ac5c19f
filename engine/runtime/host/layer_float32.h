// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerFloat32: what CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED on floats have in common, as
// packing reads it from a Program. A dense layer is a convolution of 1x1.

#include "runtime/host/padded_image.h"
#include "runtime/kernel.h"

namespace runtime {

struct LayerFloat32 {
    Window window;
    int32_t filterChannels = 0;  ///< 0: depthwise
    int32_t depthMultiplier = 1;
    Stuffing stuffing;  ///< TRANSPOSE_CONV: taps are counted from the filter's end
    float lowest = 0.0f, highest = 0.0f;
    const float* weights = nullptr;
    const float* bias = nullptr;  ///< may be absent

    /// Which operand the layer's values are.
    uint32_t inputOperand() const { return stuffing.any() ? 1 : 0; }
    int32_t taps() const { return window.filterHeight * window.filterWidth; }
    float weight(int32_t channel, int32_t tap, int32_t input) const {
        if (stuffing.any()) tap = taps() - 1 - tap;
        const auto at = [](int32_t i) { return static_cast<size_t>(i); };
        if (filterChannels == 0) return weights[at(tap) * at(window.outChannels) + at(channel)];
        return weights[(at(channel) * at(taps()) + at(tap)) * at(filterChannels) + at(input)];
    }
    float biasOf(int32_t channel) const { return bias != nullptr ? bias[channel] : 0.0f; }
};

/// False where the fast kernels do not serve the operator, such as an empty output.
bool describeConvolution(const Call& call, LayerFloat32& layer);
bool describeTransposed(const Call& call, LayerFloat32& layer);
bool describeDepthwise(const Call& call, LayerFloat32& layer);
bool describeFullyConnected(const Call& call, LayerFloat32& layer);

}  // namespace runtime
