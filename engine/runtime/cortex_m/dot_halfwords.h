// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dot product of int16 with int8 weights on a Cortex-M, for layers that are not packed. Sums of 64
// bits cannot overflow; sums of 32 bits wrap like the plain ones, since they are the low half.

#include "runtime/cortex_m/loose_word.h"

#if defined(__ARM_FEATURE_MVE)
#include <arm_mve.h>
#else
#include <arm_acle.h>
#endif

namespace runtime {

#if defined(__ARM_FEATURE_MVE)

inline int64_t dotHalfwords(const int16_t* x, const int8_t* w, int32_t count, int64_t sum) {
    for (; count > 0; count -= 8, x += 8, w += 8) {
        const mve_pred16_t valid = vctp16q(static_cast<uint32_t>(count));
        sum = vmlaldavaq_s16(sum, vldrhq_z_s16(x, valid), vldrbq_z_s16(w, valid));
    }
    return sum;
}

#else

/// Four elements at a time: weights are widened to pairs of bytes 0 and 2, 1 and 3, then rearranged
/// to their original order.
inline int64_t dotHalfwords(const int16_t* x, const int8_t* w, int32_t count, int64_t sum) {
    for (; count >= 4; count -= 4, x += 4, w += 4) {
        const uint32_t weights = looseWord(w);
        uint32_t even, odd, first, second;
        __asm__("sxtb16 %0, %1" : "=r"(even) : "r"(weights));
        __asm__("sxtb16 %0, %1, ror #8" : "=r"(odd) : "r"(weights));
        __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(first) : "r"(even), "r"(odd));
        __asm__("pkhtb %0, %1, %2, asr #16" : "=r"(second) : "r"(odd), "r"(even));
        sum = __smlald(static_cast<int16x2_t>(looseWord(x)), static_cast<int16x2_t>(first), sum);
        sum =
            __smlald(static_cast<int16x2_t>(looseWord(x + 2)), static_cast<int16x2_t>(second), sum);
    }
    auto total = static_cast<uint64_t>(sum);
    for (; count > 0; --count)
        total += static_cast<uint64_t>(int64_t{*x++ * *w++});
    return static_cast<int64_t>(total);
}

#endif

}  // namespace runtime
