// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts sums to codes of 16 bits; WideChannel has the formula.

#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// One long multiply-accumulate; only its high word is used.
inline int32_t scaledWide(const WideChannel& channel, int32_t sum) {
    return static_cast<int32_t>((channel.start + int64_t{sum} * channel.multiplier) >> 32);
}

/// The clamp of an output, read from the parameters once.
struct WideClamp {
    template <typename Params>
    explicit WideClamp(const Params& p) : lowest(p.lowest), highest(p.highest) {}
    int16_t operator()(int32_t code) const {
        return static_cast<int16_t>(code < lowest ? lowest : code > highest ? highest : code);
    }
    int32_t lowest, highest;
};

}  // namespace runtime
