// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dot product of bytes on a Cortex-M, for kernels without packed weights: recurrent and SVDF
// layers, transposed convolutions, and layers that fall back to a plain kernel. The sum wraps like
// the plain one.

#include "runtime/cortex_m/loose_word.h"

#if defined(__ARM_FEATURE_MVE)
#include <arm_mve.h>
#else
#include <arm_acle.h>
#endif

namespace runtime {

#if defined(__ARM_FEATURE_MVE)

/// sum + x w + offset * w: the offset is summed separately, because the products take bytes.
inline int32_t dotBytes(const int8_t* x, const int8_t* w, int32_t count, int32_t offset,
                        int32_t sum) {
    int32_t weights = 0;
    for (; count > 0; count -= 16, x += 16, w += 16) {
        const mve_pred16_t valid = vctp8q(static_cast<uint32_t>(count));
        const int8x16_t values = vldrbq_z_s8(w, valid);
        sum = vmladavaq_s8(sum, vldrbq_z_s8(x, valid), values);
        weights = vaddvaq_s8(weights, values);
    }
    return static_cast<int32_t>(static_cast<uint32_t>(sum) +
                                static_cast<uint32_t>(offset) * static_cast<uint32_t>(weights));
}

#else

/// Four elements at a time, widened to pairs of 16 bits; the offset is added in the same
/// instruction.
inline int32_t dotBytes(const int8_t* x, const int8_t* w, int32_t count, int32_t offset,
                        int32_t sum) {
    const uint32_t pair = static_cast<uint16_t>(offset) * 0x10001u;
    for (; count >= 4; count -= 4, x += 4, w += 4) {
        const uint32_t four = looseWord(x), weights = looseWord(w);
        uint32_t even, odd;
        __asm__("sxtab16 %0, %1, %2" : "=r"(even) : "r"(pair), "r"(four));
        __asm__("sxtab16 %0, %1, %2, ror #8" : "=r"(odd) : "r"(pair), "r"(four));
        uint32_t evenWeights, oddWeights;
        __asm__("sxtb16 %0, %1" : "=r"(evenWeights) : "r"(weights));
        __asm__("sxtb16 %0, %1, ror #8" : "=r"(oddWeights) : "r"(weights));
        sum = __smlad(static_cast<int16x2_t>(even), static_cast<int16x2_t>(evenWeights), sum);
        sum = __smlad(static_cast<int16x2_t>(odd), static_cast<int16x2_t>(oddWeights), sum);
    }
    for (; count > 0; --count)
        sum = __smlabb(*x++ + offset, *w++, sum);
    return sum;
}

#endif

}  // namespace runtime
