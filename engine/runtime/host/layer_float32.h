// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerFloat32: what CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED on floats have in common, as
// packing reads it from a Program. A dense layer is a convolution of 1x1.

#include "runtime/kernel.h"
#include "runtime/kernels/window.h"

namespace runtime {

struct LayerFloat32 {
    Window window;
    int32_t filterChannels = 0;  ///< 0: depthwise
    int32_t depthMultiplier = 1;
    float lowest = 0.0f, highest = 0.0f;
    const float* weights = nullptr;
    const float* bias = nullptr;  ///< may be absent

    int32_t taps() const { return window.filterHeight * window.filterWidth; }
    float weight(int32_t channel, int32_t tap, int32_t input) const {
        const auto at = [](int32_t i) { return static_cast<size_t>(i); };
        if (filterChannels == 0) return weights[at(tap) * at(window.outChannels) + at(channel)];
        return weights[(at(channel) * at(taps()) + at(tap)) * at(filterChannels) + at(input)];
    }
    float biasOf(int32_t channel) const { return bias != nullptr ? bias[channel] : 0.0f; }
};

/// False where the fast kernels do not serve the operator, such as an empty output.
bool describeConvolution(const Call& call, LayerFloat32& layer);
bool describeDepthwise(const Call& call, LayerFloat32& layer);
bool describeFullyConnected(const Call& call, LayerFloat32& layer);

}  // namespace runtime
