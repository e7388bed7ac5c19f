// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerInt8: a layer on 8-bit codes with 8-bit or 4-bit weights.

#include "runtime/fixed_point.h"
#include "runtime/host/host_layer.h"

namespace runtime {

/// How much of the rounding of fixed_point.h a layer needs.
enum class Rounding {
    Positive,  ///< results below the output's zero point are clamped (ReLU)
    Signed,
    General,  ///< also left shifts, shifts by zero and sums of 2^30 and more
};

inline bool isCode(int32_t value) {
    return value >= INT8_MIN && value <= INT8_MAX;
}

/// Offset and clamps of the codes that a layer writes; both clamps are valid codes.
struct OutputCodes {
    int32_t offset, lowest, highest;
};

struct LayerInt8 : HostLayer {
    int32_t inputOffset = 0;
    OutputCodes range{};
    const int8_t* weights = nullptr;
    bool fourBits = false;
    const int32_t* bias = nullptr;  ///< may be absent
    const Factor* factors = nullptr;
    int32_t factorCount = 0;  ///< one for all, or one per output channel

    int32_t zeroPoint() const { return -inputOffset; }
    Factor factor(int32_t channel) const { return factors[factorCount > 1 ? channel : 0]; }
    int8_t weight(int32_t channel, int32_t tap, int32_t input) const;
    /// Initial value of a channel's sum: bias plus (inputOffset - valueBias) times the channel's
    /// weights, for sums over values (code + valueBias). Wraps.
    uint32_t start(int32_t channel, int32_t valueBias) const;
    Rounding rounding() const;
};

/// Returns false like describeLayer(), and for clamps that are not codes.
bool describe(const Call& call, KernelId id, LayerInt8& layer);

}  // namespace runtime
