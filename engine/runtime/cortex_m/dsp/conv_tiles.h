// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tiles of the packed convolution with the DSP extension, in assembler: each computes pairs of
// output channels, from the dot products to the codes. All fourteen registers are needed, and
// compilers spill.
//
// A word of weights holds two taps of two channels as bytes A B A B. sxtb16 widens those of A. With
// kFused a halfword, taken as a number, is exactly 256 b + a, so that the word itself is
// multiplied: its sum less that of A is 256 times that of B, and one instruction widens four
// weights. Without, B is widened like A.
//
// With kRectified the code of a negative sum is clamped to the lowest code however it is rounded,
// so the correction of its rounding is left out.

#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// What a tile reads; the assembler relies on the order. Weights: as in PackedConvParams; columns:
/// [four][2 words][columnPixels()].
struct TileCall {
    const DspChannel* channels;
    int8_t* output;  ///< of the first pixel
    int32_t stride;  ///< bytes from the output of a pixel to that of the next
    const int16_t* columns;
    int32_t fours;      ///< depth / 4, at least 1
    const int8_t* end;  ///< of the weights
    const int8_t* weights;
};

using Tile = void (*)(const TileCall& call);

// Saves what the compiler may use (r7 and r11 may be frame pointers), and puts the members of the
// call except the weights on the stack, which go to r11.
#define NETCALIPER_TILE_BEGIN    \
    "push {r4-r11, lr}\n\t"      \
    "ldmia %[call], {r0-r6}\n\t" \
    "push {r0-r5}\n\t"           \
    "mov r11, r6\n\t" NETCALIPER_TILE_MACROS
#define NETCALIPER_TILE_END \
    "ldr r6, [sp, #20]\n\t" \
    "cmp r11, r6\n\t"       \
    "bne 1b\n\t"            \
    "add sp, sp, #24\n\t"   \
    "pop {r4-r11, lr}\n\t"  \
    ".purgem nc_code\n\t"   \
    ".purgem nc_first\n\t"  \
    ".purgem nc_second\n\t"

// nc_code converts a doubled sum, nc_first the sum of channel A, nc_second that of channel B.
#define NETCALIPER_TILE_MACROS                                         \
    ".macro nc_code sum, multiplier, addend, shift, spare\n\t"         \
    ".if %c[rectified]\n\t"                                            \
    "smmlar \\sum, \\sum, \\multiplier, \\addend\n\t"                  \
    ".else\n\t"                                                        \
    "smmlar \\spare, \\sum, \\multiplier, \\addend\n\t"                \
    "add \\sum, \\spare, \\sum, asr #31\n\t"                           \
    ".endif\n\t"                                                       \
    "asr \\sum, \\sum, \\shift\n\t"                                    \
    "ssat \\sum, #8, \\sum\n\t"                                        \
    ".endm\n\t"                                                        \
    ".macro nc_first sum, multiplier, addend, shift, spare\n\t"        \
    "lsl \\sum, \\sum, #1\n\t"                                         \
    "nc_code \\sum, \\multiplier, \\addend, \\shift, \\spare\n\t"      \
    ".endm\n\t"                                                        \
    ".macro nc_second sum, bias, multiplier, addend, shift, spare\n\t" \
    ".if %c[fused]\n\t"                                                \
    "add \\sum, \\bias, \\sum, asr #7\n\t"                             \
    ".else\n\t"                                                        \
    "lsl \\sum, \\sum, #1\n\t"                                         \
    ".endif\n\t"                                                       \
    "nc_code \\sum, \\multiplier, \\addend, \\shift, \\spare\n\t"      \
    ".endm\n\t"

// A loop over the fours (in lr), two of them per iteration.
#define NETCALIPER_TILE_LOOP(four) \
    "lsrs lr, lr, #1\n\t"          \
    "bcc 2f\n\t" four              \
    "\n\t"                         \
    "beq 3f\n\t"                   \
    "2:\n\t" four "\n\t" four      \
    "\n\t"                         \
    "subs lr, lr, #1\n\t"          \
    "bne 2b\n\t"                   \
    "3:\n\t"

/// Three pixels times a pair of channels. Sums: r0-r2 and r3-r5. 17 instructions for 24 products,
/// or 20.
template <bool kFused, bool kRectified>
[[gnu::noinline]] void tileOfThree(const TileCall& call) {
    __asm__ volatile(
        NETCALIPER_TILE_BEGIN
        ".macro nc_pair weights, spare\n\t"
        "ldmia r12!, {r6, r7, r8}\n\t"
        ".if %c[fused]\n\t"
        "smlad r3, r6, \\weights, r3\n\t"
        "smlad r4, r7, \\weights, r4\n\t"
        "smlad r5, r8, \\weights, r5\n\t"
        ".else\n\t"
        "sxtb16 \\spare, \\weights, ror #8\n\t"
        "smlad r3, r6, \\spare, r3\n\t"
        "smlad r4, r7, \\spare, r4\n\t"
        "smlad r5, r8, \\spare, r5\n\t"
        ".endif\n\t"
        "sxtb16 \\weights, \\weights\n\t"
        "smlad r0, r6, \\weights, r0\n\t"
        "smlad r1, r7, \\weights, r1\n\t"
        "smlad r2, r8, \\weights, r2\n\t"
        ".endm\n\t"
        ".macro nc_four\n\t"
        ".if %c[fused]\n\t"
        "ldrd r9, r10, [r11], #8\n\t"
        "nc_pair r9, r9\n\t"
        "nc_pair r10, r10\n\t"
        ".else\n\t"
        "ldr r9, [r11], #4\n\t"
        "nc_pair r9, r10\n\t"
        "ldr r9, [r11], #4\n\t"
        "nc_pair r9, r10\n\t"
        ".endif\n\t"
        ".endm\n\t"
        "mov r12, r0\n\t"
        "1:\n\t"
        "ldr r0, [r12], #4\n\t"
        ".if %c[fused]\n\t"
        "mov r3, r0\n\t"
        ".else\n\t"
        "ldr r3, [r12, #12]\n\t"
        ".endif\n\t"
        "str r12, [sp]\n\t"
        "mov r1, r0\n\t"
        "mov r2, r0\n\t"
        "mov r4, r3\n\t"
        "mov r5, r3\n\t"
        "ldrd r12, lr, [sp, #12]\n\t"
        NETCALIPER_TILE_LOOP("nc_four")
        "ldrd r12, r10, [sp]\n\t"
        "ldr lr, [sp, #8]\n\t"
        "ldmia r12!, {r6, r7, r8}\n\t"
        ".if %c[fused]\n\t"
        "sub r3, r3, r0\n\t"
        "sub r4, r4, r1\n\t"
        "sub r5, r5, r2\n\t"
        ".endif\n\t"
        "nc_first r0, r6, r7, r8, r9\n\t"
        "nc_first r1, r6, r7, r8, r9\n\t"
        "nc_first r2, r6, r7, r8, r9\n\t"
        "strb r1, [r10, lr]\n\t"
        "strb r2, [r10, lr, lsl #1]\n\t"
        "strb r0, [r10], #1\n\t"
        "ldmia r12!, {r6, r7, r8, r9}\n\t"
        "nc_second r3, r6, r7, r8, r9, r0\n\t"
        "nc_second r4, r6, r7, r8, r9, r0\n\t"
        "nc_second r5, r6, r7, r8, r9, r0\n\t"
        "strb r4, [r10, lr]\n\t"
        "strb r5, [r10, lr, lsl #1]\n\t"
        "strb r3, [r10], #1\n\t"
        "str r10, [sp, #4]\n\t"
        NETCALIPER_TILE_END
        ".purgem nc_pair\n\t"
        ".purgem nc_four"
        :
        : [call] "r"(&call), [fused] "i"(kFused), [rectified] "i"(kRectified)
        : "r0", "r1", "r2", "r3", "r12", "cc", "memory");
}

/// The first of three pixels times a pair of channels, for what remains of a layer. Sums: r0 and
/// r3. 9 instructions for 8 products, or 11.
template <bool kFused, bool kRectified>
[[gnu::noinline]] void tileOfOne(const TileCall& call) {
    __asm__ volatile(NETCALIPER_TILE_BEGIN
                     ".macro nc_pair weights, spare\n\t"
                     "ldr r6, [r12], #12\n\t"
                     ".if %c[fused]\n\t"
                     "smlad r3, r6, \\weights, r3\n\t"
                     ".else\n\t"
                     "sxtb16 \\spare, \\weights, ror #8\n\t"
                     "smlad r3, r6, \\spare, r3\n\t"
                     ".endif\n\t"
                     "sxtb16 \\weights, \\weights\n\t"
                     "smlad r0, r6, \\weights, r0\n\t"
                     ".endm\n\t"
                     "mov r12, r0\n\t"
                     "1:\n\t"
                     "ldr r0, [r12], #4\n\t"
                     ".if %c[fused]\n\t"
                     "mov r3, r0\n\t"
                     ".else\n\t"
                     "ldr r3, [r12, #12]\n\t"
                     ".endif\n\t"
                     "str r12, [sp]\n\t"
                     "ldrd r12, lr, [sp, #12]\n\t"
                     "2:\n\t"
                     "ldrd r9, r10, [r11], #8\n\t"
                     "subs lr, lr, #1\n\t"
                     "nc_pair r9, r7\n\t"
                     "nc_pair r10, r7\n\t"
                     "bne 2b\n\t"
                     "ldrd r12, r10, [sp]\n\t"
                     "ldmia r12!, {r6, r7, r8}\n\t"
                     ".if %c[fused]\n\t"
                     "sub r3, r3, r0\n\t"
                     ".endif\n\t"
                     "nc_first r0, r6, r7, r8, r9\n\t"
                     "strb r0, [r10], #1\n\t"
                     "ldmia r12!, {r6, r7, r8, r9}\n\t"
                     "nc_second r3, r6, r7, r8, r9, r0\n\t"
                     "strb r3, [r10], #1\n\t"
                     "str r10, [sp, #4]\n\t" NETCALIPER_TILE_END ".purgem nc_pair"
                     :
                     : [call] "r"(&call), [fused] "i"(kFused), [rectified] "i"(kRectified)
                     : "r0", "r1", "r2", "r3", "r12", "cc", "memory");
}

/// One pixel times two pairs of channels, for layers of one or two pixels. Sums: r0 and r1, r2 and
/// r3. 14 instructions for 16 products, or 19.
template <bool kFused, bool kRectified>
[[gnu::noinline]] void tileOfFourChannels(const TileCall& call) {
    __asm__ volatile(
        NETCALIPER_TILE_BEGIN
        ".macro nc_taps x, weights, first, second\n\t"
        ".if %c[fused]\n\t"
        "smlad \\second, \\x, \\weights, \\second\n\t"
        ".else\n\t"
        "sxtb16 r6, \\weights, ror #8\n\t"
        "smlad \\second, \\x, r6, \\second\n\t"
        ".endif\n\t"
        "sxtb16 \\weights, \\weights\n\t"
        "smlad \\first, \\x, \\weights, \\first\n\t"
        ".endm\n\t"
        ".macro nc_four\n\t"
        "ldrd r8, r9, [r12], #8\n\t"
        ".if %c[fused]\n\t"
        "ldmia r11!, {r4, r5, r6, r7}\n\t"
        "nc_taps r8, r4, r0, r1\n\t"
        "nc_taps r8, r6, r2, r3\n\t"
        "nc_taps r9, r5, r0, r1\n\t"
        "nc_taps r9, r7, r2, r3\n\t"
        ".else\n\t"
        "ldrd r4, r5, [r11], #8\n\t"
        "nc_taps r8, r4, r0, r1\n\t"
        "nc_taps r9, r5, r0, r1\n\t"
        "ldrd r4, r5, [r11], #8\n\t"
        "nc_taps r8, r4, r2, r3\n\t"
        "nc_taps r9, r5, r2, r3\n\t"
        ".endif\n\t"
        ".endm\n\t"
        "mov r10, r0\n\t"
        "1:\n\t"
        "ldr r0, [r10], #4\n\t"
        "ldr r2, [r10, #28]\n\t"
        ".if %c[fused]\n\t"
        "mov r1, r0\n\t"
        "mov r3, r2\n\t"
        ".else\n\t"
        "ldr r1, [r10, #12]\n\t"
        "ldr r3, [r10, #44]\n\t"
        ".endif\n\t"
        "ldrd r12, lr, [sp, #12]\n\t"
        NETCALIPER_TILE_LOOP("nc_four")
        "ldr r12, [sp, #4]\n\t"
        ".if %c[fused]\n\t"
        "sub r1, r1, r0\n\t"
        "sub r3, r3, r2\n\t"
        ".endif\n\t"
        "ldmia r10!, {r5, r6, r7}\n\t"
        "nc_first r0, r5, r6, r7, r8\n\t"
        "strb r0, [r12], #1\n\t"
        "ldmia r10!, {r4, r5, r6, r7}\n\t"
        "nc_second r1, r4, r5, r6, r7, r8\n\t"
        "strb r1, [r12], #1\n\t"
        "ldmia r10!, {r4, r5, r6, r7}\n\t"
        "nc_first r2, r5, r6, r7, r8\n\t"
        "strb r2, [r12], #1\n\t"
        "ldmia r10!, {r4, r5, r6, r7}\n\t"
        "nc_second r3, r4, r5, r6, r7, r8\n\t"
        "strb r3, [r12], #1\n\t"
        "str r12, [sp, #4]\n\t"
        NETCALIPER_TILE_END
        ".purgem nc_taps\n\t"
        ".purgem nc_four"
        :
        : [call] "r"(&call), [fused] "i"(kFused), [rectified] "i"(kRectified)
        : "r0", "r1", "r2", "r3", "r12", "cc", "memory");
}

#undef NETCALIPER_TILE_BEGIN
#undef NETCALIPER_TILE_END
#undef NETCALIPER_TILE_MACROS
#undef NETCALIPER_TILE_LOOP

}  // namespace runtime
