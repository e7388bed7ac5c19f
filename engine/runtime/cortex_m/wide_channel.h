// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From sums to codes of 16 bits: see WideChannel for the formula.

#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// One long multiply with accumulate; the low word is of no matter.
inline int32_t scaledWide(const WideChannel& channel, int32_t sum) {
    return static_cast<int32_t>((channel.start + int64_t{sum} * channel.multiplier) >> 32);
}

/// The clamp of an output, taken from the parameters once.
struct WideClamp {
    template <typename Params>
    explicit WideClamp(const Params& p) : lowest(p.lowest), highest(p.highest) {}
    int16_t operator()(int32_t code) const {
        return static_cast<int16_t>(code < lowest ? lowest : code > highest ? highest : code);
    }
    int32_t lowest, highest;
};

}  // namespace runtime
