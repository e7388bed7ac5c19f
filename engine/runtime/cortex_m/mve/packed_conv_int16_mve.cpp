// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED of int16 on MVE: dot products of eight halfwords; weights are widened
// by the load.
#include <arm_mve.h>

#include "runtime/cortex_m/halfword_convolution.h"

namespace runtime {
namespace {

struct MveTiles {
    static constexpr int32_t kGroup = 8;

    /// As in packed_conv_mve.cpp: eight sums occupy all even registers, so no low-overhead loop is
    /// possible. 16 instructions for 64 products.
    static void pair(const int8_t* weights, const int16_t* x, const int16_t* y, int32_t groups,
                     int32_t, int32_t (&sums)[8]) {
        int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0;
        __asm__ volatile(
            "1:\n\t"
            "vldrh.16 q0, [%[x]], #16\n\t"
            "vldrb.s16 q2, [%[w]], #8\n\t"
            "vldrh.16 q1, [%[y]], #16\n\t"
            "vmladava.s16 %[a0], q0, q2\n\t"
            "vldrb.s16 q3, [%[w]], #8\n\t"
            "vmladava.s16 %[b0], q1, q2\n\t"
            "vldrb.s16 q2, [%[w]], #8\n\t"
            "vmladava.s16 %[a1], q0, q3\n\t"
            "vmladava.s16 %[b1], q1, q3\n\t"
            "vldrb.s16 q3, [%[w]], #8\n\t"
            "vmladava.s16 %[a2], q0, q2\n\t"
            "vmladava.s16 %[b2], q1, q2\n\t"
            "vmladava.s16 %[a3], q0, q3\n\t"
            "vmladava.s16 %[b3], q1, q3\n\t"
            "subs %[n], #1\n\t"
            "bne 1b"
            : [a0] "+Te"(a0), [a1] "+Te"(a1), [a2] "+Te"(a2), [a3] "+Te"(a3), [b0] "+Te"(b0),
              [b1] "+Te"(b1), [b2] "+Te"(b2), [b3] "+Te"(b3), [x] "+r"(x), [y] "+r"(y),
              [w] "+r"(weights), [n] "+r"(groups)
            :
            : "q0", "q1", "q2", "q3", "cc", "memory");
        sums[0] = a0, sums[1] = a1, sums[2] = a2, sums[3] = a3;
        sums[4] = b0, sums[5] = b1, sums[6] = b2, sums[7] = b3;
    }

    static void one(const int8_t* weights, const int16_t* x, int32_t groups, int32_t (&sums)[4]) {
        int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        for (; groups > 0; --groups, x += kGroup, weights += 4 * kGroup) {
            const int16x8_t vx = vldrhq_s16(x);
            a0 = vmladavaq_s16(a0, vx, vldrbq_s16(weights));
            a1 = vmladavaq_s16(a1, vx, vldrbq_s16(weights + kGroup));
            a2 = vmladavaq_s16(a2, vx, vldrbq_s16(weights + 2 * kGroup));
            a3 = vmladavaq_s16(a3, vx, vldrbq_s16(weights + 3 * kGroup));
        }
        sums[0] = a0, sums[1] = a1, sums[2] = a2, sums[3] = a3;
    }
};

}  // namespace

Status packedConvInt16(const Call& call) {
    return HalfwordConvolution<MveTiles>(call).run();
}

}  // namespace runtime
