// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From accumulators to codes with MVE, four at a time. The doubling high multiply of the
// instruction set is the one of the plain kernels; its rounding shift takes halves up, so that
// negative sums lose one before, as in DspChannel's formula.

#include <arm_mve.h>

#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// round(sum * multiplier / 2^31 * 2^negatedShift), for shifts of at least 1.
inline int32x4_t scaledDown(int32x4_t sum, int32x4_t multiplier, int32x4_t negatedShift) {
    const int32x4_t high = vqrdmulhq_s32(sum, multiplier);
    return vrshlq_s32(vaddq_s32(high, vshrq_n_s32(sum, 31)), negatedShift);
}

/// The same for an element-wise operator, whose factor is one for all.
inline int32x4_t scaledDown(int32x4_t sum, int32_t multiplier, int32_t negatedShift) {
    const int32x4_t high = vqrdmulhq_n_s32(sum, multiplier);
    return vrshlq_n_s32(vaddq_s32(high, vshrq_n_s32(sum, 31)), negatedShift);
}

inline int32x4_t clamped(int32x4_t codes, int32_t lowest, int32_t highest) {
    return vminq_s32(vmaxq_s32(codes, vdupq_n_s32(lowest)), vdupq_n_s32(highest));
}

/// Four core registers as a vector, two lanes an instruction.
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
