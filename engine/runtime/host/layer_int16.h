// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerInt16: a layer on 16-bit codes with 8-bit weights and 64-bit biases (the plain kernels serve
// 32-bit biases). The products of a channel sum up within 32 bits, which describe() proves from the
// weights; only the bias and the scaling need 64 bits.

#include "runtime/fixed_point.h"
#include "runtime/host/host_layer.h"

namespace runtime {

/// Offset and clamps of the codes that a layer writes.
struct OutputCodes16 {
    int32_t offset, lowest, highest;
};

struct LayerInt16 : HostLayer {
    OutputCodes16 range{};
    const int8_t* weights = nullptr;
    const int64_t* bias = nullptr;  ///< may be absent
    const Factor* factors = nullptr;
    int32_t factorCount = 0;  ///< one for all, or one per output channel

    Factor factor(int32_t channel) const { return factors[factorCount > 1 ? channel : 0]; }
    int64_t biasOf(int32_t channel) const { return bias != nullptr ? bias[channel] : 0; }
    int16_t weight(int32_t channel, int32_t tap, int32_t input) const {
        return weights[weightIndex(channel, tap, input)];
    }
};

/// Returns false like describeLayer(), and where products may need more than 32 bits.
bool describe(const Call& call, KernelId id, LayerInt16& layer);

}  // namespace runtime
