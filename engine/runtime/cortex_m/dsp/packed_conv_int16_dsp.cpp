// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED of int16 on the DSP extension. Weights are widened in pairs as they
// are loaded; inputs already are 16-bit pairs and are loaded word by word at any address.
#include "runtime/cortex_m/halfword_convolution.h"

namespace runtime {
namespace {

/// Two pixels times two channels, which are neighbours in a block of four; sums of pixel 0, then of
/// pixel 1. 17 instructions for 16 products.
inline void dotHalfwordsTwoByTwo(const int8_t* weights, const int16_t* x, const int16_t* y,
                                 int32_t groups, int32_t* first, int32_t* second) {
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    int32_t vx, vy, w0, w1, wide;
    __asm__ volatile(
        ".macro nc_halfwords_two_by_two\n\t"
        "ldrd %[w0], %[w1], [%[w]], #16\n\t"
        "ldr %[vx], [%[x]], #4\n\t"
        "ldr %[vy], [%[y]], #4\n\t"
        "sxtb16 %[t], %[w0]\n\t"
        "sxtb16 %[w0], %[w0], ror #8\n\t"
        "smlad %[s0], %[vx], %[t], %[s0]\n\t"
        "smlad %[s2], %[vy], %[t], %[s2]\n\t"
        "sxtb16 %[t], %[w1]\n\t"
        "sxtb16 %[w1], %[w1], ror #8\n\t"
        "smlad %[s1], %[vx], %[t], %[s1]\n\t"
        "smlad %[s3], %[vy], %[t], %[s3]\n\t"
        "ldr %[vx], [%[x]], #4\n\t"
        "ldr %[vy], [%[y]], #4\n\t"
        "smlad %[s0], %[vx], %[w0], %[s0]\n\t"
        "smlad %[s1], %[vx], %[w1], %[s1]\n\t"
        "smlad %[s2], %[vy], %[w0], %[s2]\n\t"
        "smlad %[s3], %[vy], %[w1], %[s3]\n\t"
        ".endm\n\t"
        "lsrs %[n], %[n], #1\n\t"
        "bcc 1f\n\t"
        "nc_halfwords_two_by_two\n\t"
        "1: beq 3f\n\t"
        "2:\n\t"
        "nc_halfwords_two_by_two\n\t"
        "nc_halfwords_two_by_two\n\t"
        "subs %[n], #1\n\t"
        "bne 2b\n\t"
        "3:\n\t"
        ".purgem nc_halfwords_two_by_two"
        : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(weights),
          [x] "+r"(x), [y] "+r"(y), [n] "+r"(groups), [vx] "=&r"(vx), [vy] "=&r"(vy),
          [w0] "=&r"(w0), [w1] "=&r"(w1), [t] "=&r"(wide)
        :
        : "cc", "memory");
    first[0] = s0, first[1] = s1, second[0] = s2, second[1] = s3;
}

struct DspTiles {
    static constexpr int32_t kGroup = 4;

    static void pair(const int8_t* weights, const int16_t* x, const int16_t* y, int32_t groups,
                     int32_t valid, int32_t (&sums)[8]) {
        dotHalfwordsTwoByTwo(weights, x, y, groups, sums, sums + 4);
        if (valid > 2) dotHalfwordsTwoByTwo(weights + 8, x, y, groups, sums + 2, sums + 6);
    }

    /// 19 instructions for 16 products. Not inlined: it needs every register.
    [[gnu::noinline]] static void one(const int8_t* weights, const int16_t* x, int32_t groups,
                                      int32_t (&sums)[4]) {
        int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int32_t x0, x1, wide;
        __asm__ volatile(
            ".macro nc_channel word, sum\n\t"
            "sxtb16 %[t], \\word\n\t"
            "sxtb16 \\word, \\word, ror #8\n\t"
            "smlad \\sum, %[x0], %[t], \\sum\n\t"
            "smlad \\sum, %[x1], \\word, \\sum\n\t"
            ".endm\n\t"
            "1:\n\t"
            "ldmia %[w]!, {r4, r5, r6, r8}\n\t"
            "ldr %[x0], [%[x]], #4\n\t"
            "ldr %[x1], [%[x]], #4\n\t"
            "nc_channel r4, %[s0]\n\t"
            "nc_channel r5, %[s1]\n\t"
            "nc_channel r6, %[s2]\n\t"
            "nc_channel r8, %[s3]\n\t"
            "subs %[n], #1\n\t"
            "bne 1b\n\t"
            ".purgem nc_channel"
            : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(weights),
              [x] "+r"(x), [n] "+r"(groups), [x0] "=&r"(x0), [x1] "=&r"(x1), [t] "=&r"(wide)
            :
            : "r4", "r5", "r6", "r8", "cc", "memory");
        sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
    }
};

}  // namespace

Status packedConvInt16(const Call& call) {
    return HalfwordConvolution<DspTiles>(call).run();
}

}  // namespace runtime
