// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inner loops of the packed convolution with the DSP extension, in assembler: all fourteen
// registers are needed, and compilers spill.
//
// Weights are loaded as words of four bytes and widened in pairs (bytes 0 and 2, then 1 and 3);
// im2col widened the inputs in the same order. `fours` is the depth / 4.

#include <stdint.h>

namespace runtime {

constexpr int kPixelPair = 2;

/// Two pixels times two channels: sums[pixel 0 channel 0, pixel 0 channel 1, pixel 1 channel 0,
/// pixel 1 channel 1]. Columns: [four][pixel][2 words]; weights: [four][4 channels], where
/// `weights` points to the first of the two channels. 15 instructions for 16 products.
inline void dotTwoByTwo(const int8_t* weights, const int16_t* columns, int32_t fours,
                        int32_t (&sums)[4]) {
    int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
    int32_t x0, x1, y0, y1, w0, w1, wide;
    __asm__ volatile(
        ".macro nc_two_by_two\n\t"
        "ldrd %[w0], %[w1], [%[w]], #16\n\t"
        "ldrd %[y0], %[y1], [%[x], #8]\n\t"
        "ldrd %[x0], %[x1], [%[x]], #16\n\t"
        "sxtb16 %[t], %[w0]\n\t"
        "smlad %[s0], %[x0], %[t], %[s0]\n\t"
        "smlad %[s2], %[y0], %[t], %[s2]\n\t"
        "sxtb16 %[w0], %[w0], ror #8\n\t"
        "sxtb16 %[t], %[w1]\n\t"
        "smlad %[s0], %[x1], %[w0], %[s0]\n\t"
        "smlad %[s2], %[y1], %[w0], %[s2]\n\t"
        "sxtb16 %[w1], %[w1], ror #8\n\t"
        "smlad %[s1], %[x0], %[t], %[s1]\n\t"
        "smlad %[s3], %[y0], %[t], %[s3]\n\t"
        "smlad %[s1], %[x1], %[w1], %[s1]\n\t"
        "smlad %[s3], %[y1], %[w1], %[s3]\n\t"
        ".endm\n\t"
        "lsrs %[n], %[n], #1\n\t"
        "bcc 1f\n\t"
        "nc_two_by_two\n\t"
        "1: beq 3f\n\t"
        "2:\n\t"
        "nc_two_by_two\n\t"
        "nc_two_by_two\n\t"
        "subs %[n], #1\n\t"
        "bne 2b\n\t"
        "3:\n\t"
        ".purgem nc_two_by_two"
        : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(weights),
          [x] "+r"(columns), [n] "+r"(fours), [x0] "=&r"(x0), [x1] "=&r"(x1), [y0] "=&r"(y0),
          [y1] "=&r"(y1), [w0] "=&r"(w0), [w1] "=&r"(w1), [t] "=&r"(wide)
        :
        : "cc", "memory");
    sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

/// One pixel times a block of four channels. Columns: [four][2 words], kStep bytes apart; weights:
/// [four][4 channels]. 18 instructions for 16 products. Not inlined: it needs every register.
template <int kStep>
[[gnu::noinline]] void dotOneByFour(const int8_t* weights, const int16_t* columns, int32_t fours,
                                    int32_t (&sums)[4]) {
    int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
    int32_t x0, x1, wide;
    __asm__ volatile(
        ".macro nc_channel word, sum\n\t"
        "sxtb16 %[t], \\word\n\t"
        "smlad \\sum, %[x0], %[t], \\sum\n\t"
        "sxtb16 \\word, \\word, ror #8\n\t"
        "smlad \\sum, %[x1], \\word, \\sum\n\t"
        ".endm\n\t"
        ".macro nc_one_by_four\n\t"
        "ldmia %[w]!, {r4, r5, r6, r8}\n\t"
        "ldrd %[x0], %[x1], [%[x]], %[step]\n\t"
        "nc_channel r4, %[s0]\n\t"
        "nc_channel r5, %[s1]\n\t"
        "nc_channel r6, %[s2]\n\t"
        "nc_channel r8, %[s3]\n\t"
        ".endm\n\t"
        "lsrs %[n], %[n], #1\n\t"
        "bcc 1f\n\t"
        "nc_one_by_four\n\t"
        "1: beq 3f\n\t"
        "2:\n\t"
        "nc_one_by_four\n\t"
        "nc_one_by_four\n\t"
        "subs %[n], #1\n\t"
        "bne 2b\n\t"
        "3:\n\t"
        ".purgem nc_one_by_four\n\t"
        ".purgem nc_channel"
        : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [w] "+r"(weights),
          [x] "+r"(columns), [n] "+r"(fours), [x0] "=&r"(x0), [x1] "=&r"(x1), [t] "=&r"(wide)
        : [step] "i"(kStep)
        : "r4", "r5", "r6", "r8", "cc", "memory");
    sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

/// One pixel times the first two channels of a block, for the remainder of a layer. 10 instructions
/// for 8 products.
template <int kStep>
inline void dotOneByTwo(const int8_t* weights, const int16_t* columns, int32_t fours,
                        int32_t (&sums)[4]) {
    int32_t s0 = sums[0], s1 = sums[1];
    int32_t x0, x1, w0, w1, wide;
    __asm__ volatile(
        "1:\n\t"
        "ldrd %[w0], %[w1], [%[w]], #16\n\t"
        "ldrd %[x0], %[x1], [%[x]], %[step]\n\t"
        "subs %[n], #1\n\t"
        "sxtb16 %[t], %[w0]\n\t"
        "sxtb16 %[w0], %[w0], ror #8\n\t"
        "smlad %[s0], %[x0], %[t], %[s0]\n\t"
        "sxtb16 %[t], %[w1]\n\t"
        "smlad %[s0], %[x1], %[w0], %[s0]\n\t"
        "sxtb16 %[w1], %[w1], ror #8\n\t"
        "smlad %[s1], %[x0], %[t], %[s1]\n\t"
        "smlad %[s1], %[x1], %[w1], %[s1]\n\t"
        "bne 1b"
        : [s0] "+r"(s0), [s1] "+r"(s1), [w] "+r"(weights), [x] "+r"(columns), [n] "+r"(fours),
          [x0] "=&r"(x0), [x1] "=&r"(x1), [w0] "=&r"(w0), [w1] "=&r"(w1), [t] "=&r"(wide)
        : [step] "i"(kStep)
        : "cc", "memory");
    sums[0] = s0, sums[1] = s1;
}

}  // namespace runtime
