// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts accumulators to codes with MVE, four at a time. The doubling high multiply equals that
// of the plain kernels. The rounding shift rounds halves up, so negative sums are reduced by one
// before it, as in DspChannel's formula.

#include "runtime/cortex_m/mve/lanes.h"
#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/fixed_point.h"

namespace runtime {

/// round(sum * multiplier / 2^31 * 2^negatedShift), for shifts of at least 1.
inline int32x4_t scaledDown(int32x4_t sum, int32x4_t multiplier, int32x4_t negatedShift) {
    const int32x4_t high = vqrdmulhq_s32(sum, multiplier);
    return vrshlq_s32(vaddq_s32(high, vshrq_n_s32(sum, 31)), negatedShift);
}

/// True where an output is clamped at its zero point or above, so that every sum below zero gives
/// the lowest code, however it is rounded.
template <typename Params>
bool negativeIsLowest(const Params& p) {
    return p.lowest >= p.outputOffset;
}

/// Converts sums of four channels to codes. kAnySign: false where negativeIsLowest().
template <bool kAnySign>
class ChannelCodes {
public:
    template <typename Params>
    explicit ChannelCodes(const Params& p)
        : m_offset(p.outputOffset),
          m_lowest(vdupq_n_s32(p.lowest)),
          m_highest(vdupq_n_s32(p.highest)) {}

    int32x4_t operator()(int32x4_t sums, const MveChannels& c) const {
        const int32x4_t codes = vaddq_n_s32(scaled(sums, c), m_offset);
        return vminq_s32(vmaxq_s32(codes, m_lowest), m_highest);
    }
    static int32x4_t scaled(int32x4_t sums, const MveChannels& c) {
        const int32x4_t multiplier = vldrwq_s32(c.multiplier), shift = vldrwq_s32(c.negatedShift);
        if constexpr (kAnySign) return scaledDown(sums, multiplier, shift);
        return vrshlq_s32(vqrdmulhq_s32(sums, multiplier), shift);
    }

private:
    int32_t m_offset;
    int32x4_t m_lowest, m_highest;
};

/// The same for an element-wise operator, with one factor for all lanes.
inline int32x4_t scaledDown(int32x4_t sum, int32_t multiplier, int32_t negatedShift) {
    const int32x4_t high = vqrdmulhq_n_s32(sum, multiplier);
    return vrshlq_n_s32(vaddq_s32(high, vshrq_n_s32(sum, 31)), negatedShift);
}

/// Like Scale of requantize_dsp.h, four values at a time.
struct VectorScale {
    explicit VectorScale(Factor f)
        : left(f.shift > 0 ? f.shift : 0),
          negatedRight(f.shift < 0 ? f.shift : 0),
          multiplier(f.multiplier),
          signMask(vdupq_n_s32(f.shift < 0 ? -1 : 0)) {}

    int32x4_t operator()(int32x4_t x) const {
        const int32x4_t high = vqrdmulhq_n_s32(vshlq_r_s32(x, left), multiplier);
        const int32x4_t sign = vandq_s32(vshrq_n_s32(x, 31), signMask);
        return vrshlq_n_s32(vaddq_s32(high, sign), negatedRight);
    }

    int32_t left, negatedRight, multiplier;
    int32x4_t signMask;
};

/// Clamps four values to 16 bits; the odd lanes are zero.
inline int16x8_t saturated16(int32x4_t values) {
    return vqmovnbq_s32(vdupq_n_s16(0), values);
}

inline int32x4_t clamped(int32x4_t codes, int32_t lowest, int32_t highest) {
    return vminq_s32(vmaxq_s32(codes, vdupq_n_s32(lowest)), vdupq_n_s32(highest));
}

/// Moves four core registers into a vector, two lanes per instruction.
inline int32x4_t fourOf(int32_t a, int32_t b, int32_t c, int32_t d) {
    int32x4_t all;
    __asm__(
        "vmov %q0[2], %q0[0], %1, %3\n\t"
        "vmov %q0[3], %q0[1], %2, %4"
        : "=&w"(all)
        : "r"(a), "r"(b), "r"(c), "r"(d));
    return all;
}

}  // namespace runtime
