// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts accumulators to codes with the DSP extension; DspChannel has the formula.

#include <arm_acle.h>

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/fixed_point.h"

namespace runtime {

/// addend + round(a * b / 2^32).
inline int32_t multiplyHighAdd(int32_t a, int32_t b, int32_t addend) {
    int32_t sum;
    __asm__("smmlar %0, %1, %2, %3" : "=r"(sum) : "r"(a), "r"(b), "r"(addend));
    return sum;
}

inline int32_t requantized(int32_t sum, int32_t multiplier, int32_t addend, int32_t shift) {
    const auto doubled = static_cast<int32_t>(static_cast<uint32_t>(sum) << 1);
    return (multiplyHighAdd(doubled, multiplier, addend) + (sum >> 31)) >> shift;
}

/// round(x * factor) for any factor, where |x| < 2^30 also after a left shift. A right shift of
/// zero does no second rounding, so it must ignore the sign correction.
struct Scale {
    explicit Scale(Factor f)
        : left(f.shift > 0 ? f.shift + 1 : 1),
          right(f.shift < 0 ? -f.shift : 0),
          multiplier(f.multiplier),
          half(right > 0 ? 1 << (right - 1) : 0),
          signMask(right > 0 ? -1 : 0) {}

    int32_t operator()(int32_t x) const {
        const auto shifted = static_cast<int32_t>(static_cast<uint32_t>(x) << left);
        return (multiplyHighAdd(shifted, multiplier, half) + (x >> 31 & signMask)) >> right;
    }

    int32_t left, right, multiplier, half, signMask;
};

/// The clamp of an output; the full range of a type takes one instruction.
struct WidestClamp {
    explicit WidestClamp(const PackedDepthwiseParams&) {}
    int8_t operator()(int32_t code) const { return static_cast<int8_t>(__ssat(code, 8)); }
};
struct NarrowClamp {
    template <typename Params>
    explicit NarrowClamp(const Params& p) : lowest(p.lowest), highest(p.highest) {}
    int8_t operator()(int32_t code) const {
        return static_cast<int8_t>(code < lowest ? lowest : code > highest ? highest : code);
    }
    int32_t lowest, highest;
};

template <typename Params>
inline bool clampsWidest(const Params& p) {
    return p.lowest == INT8_MIN && p.highest == INT8_MAX;
}

}  // namespace runtime
