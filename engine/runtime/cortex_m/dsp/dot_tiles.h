// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inner loop of packed matrices with the DSP extension, in assembler: all fourteen registers
// are needed, and compilers spill.
//
// Weights are loaded as words of four bytes and widened in pairs (bytes 0 and 2, then 1 and 3);
// widen() stores the inputs in the same order. `fours` is the depth / 4.

#include <stdint.h>

namespace runtime {

/// One pixel times a block of four channels. Columns: [four][2 words]; weights:
/// [four][4 channels]. 18 instructions for 16 products. Not inlined: it needs every register.
[[gnu::noinline]] inline void dotOneByFour(const int8_t* weights, const int16_t* columns,
                                           int32_t fours, int32_t (&sums)[4]) {
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
        "ldrd %[x0], %[x1], [%[x]], #8\n\t"
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
        :
        : "r4", "r5", "r6", "r8", "cc", "memory");
    sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

}  // namespace runtime
