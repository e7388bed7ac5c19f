// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerFloat32: a layer on floats.

#include "runtime/host/host_layer.h"

namespace runtime {

/// Clamps of a layer's results.
struct ActivationBounds {
    float lowest, highest;
};

struct LayerFloat32 : HostLayer {
    ActivationBounds range{};
    const float* weights = nullptr;
    const float* bias = nullptr;  ///< may be absent

    float weight(int32_t channel, int32_t tap, int32_t input) const {
        return weights[weightIndex(channel, tap, input)];
    }
    float biasOf(int32_t channel) const { return bias != nullptr ? bias[channel] : 0.0f; }
};

/// Returns false like describeLayer().
bool describe(const Call& call, KernelId id, LayerFloat32& layer);

}  // namespace runtime
