// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inner loops of the depthwise convolution by rows, in assembler: all fourteen registers are
// needed, and compilers spill. The functions are naked: each saves the registers that it changes.
//
// A plane holds two pairs of rows of one channel, column by column: a word has one pixel of the
// upper row and the pixel below it, as 16 bits. The later pair lies in word kLater of a column.
// Each column of the filter is two words of weights: rows 0, 1 and rows 1, 2.
//
// kRectified: the code of a negative sum is the lowest one however it is rounded.

#include "runtime/cortex_m/depthwise_rows.h"

namespace runtime {

/// Two rows of the image from some channel on, and the planes of four channels. A row outside is
/// one pixel of padding.
struct PlaneRows {
    const int8_t *upper, *lower;
    int32_t upperStep, lowerStep;  ///< bytes to the next pixel
    int32_t pixels;
    uint32_t* to;  ///< in the first plane
    int32_t planeBytes, threePlanes;
};

/// Writes both rows to every second word of the planes. 18 instructions for 8 elements.
[[gnu::naked, gnu::noipa]] inline void writePair(const PlaneRows*) {
    __asm__ volatile(
        "push {r4-r11, lr}\n\t"
        "ldmia r0, {r1-r8}\n\t"  // in the order of the struct
        "cbz r5, 2f\n\t"
        "1:\n\t"
        "ldr r9, [r1]\n\t"
        "ldr r10, [r2]\n\t"
        "add r1, r1, r3\n\t"
        "add r2, r2, r4\n\t"
        "sxtb16 r0, r9\n\t"
        "sxtb16 r12, r10\n\t"
        "sxtb16 r9, r9, ror #8\n\t"
        "sxtb16 r10, r10, ror #8\n\t"
        "pkhtb lr, r12, r0, asr #16\n\t"
        "pkhbt r0, r0, r12, lsl #16\n\t"
        "pkhtb r12, r10, r9, asr #16\n\t"
        "pkhbt r9, r9, r10, lsl #16\n\t"
        "str lr, [r6, r7, lsl #1]\n\t"
        "str r9, [r6, r7]\n\t"
        "str r12, [r6, r8]\n\t"
        "str r0, [r6], #8\n\t"
        "subs r5, r5, #1\n\t"
        "bne 1b\n\t"
        "2:\n\t"
        "pop {r4-r11, pc}");
}

/// What the loops read; from `shift` on, their frame on the stack.
struct RowsJob {
    const uint32_t* plane;  ///< of the first channel
    int8_t* output;         ///< of the first channel in the first column
    int32_t shift;          ///< of the current channel, as multiplier and addend
    int32_t rowStep;        ///< bytes to the second row of the output; 0: there is only one
    const uint32_t* end;    ///< of the columns at which a window begins in the plane
    int32_t multiplier, addend;
    int32_t pixelStep;  ///< bytes to the next column of the output
    const RowsChannel* channel;
    int32_t back;  ///< bytes from the end of the output's row to its next channel
    int32_t planeBytes;
    int32_t channels;
    int32_t isOdd;  ///< 1: an odd number of columns
};

// r0, r3: pixels, then constants; r1: plane; r2: output; r4 to r9: weights; r10: bias; r11: end;
// r12, lr: sums, which are doubled.
#define NETCALIPER_ROWS_BEGIN                             \
    ".macro nc_pixels address\n\t"                        \
    ".if %c[later]\n\t"                                   \
    "ldrd r0, r3, \\address\n\t"                          \
    ".else\n\t"                                           \
    "ldrd r3, r0, \\address\n\t"                          \
    ".endif\n\t"                                          \
    ".endm\n\t"                                           \
    ".macro nc_add sum, upper, lower, before\n\t"         \
    "smlad \\sum, r0, \\upper, \\before\n\t"              \
    "smlabt \\sum, r3, \\lower, \\sum\n\t"                \
    ".endm\n\t"                                           \
    ".macro nc_scale sum, addend\n\t" /* uses addend */   \
    ".if %c[rectified] == 0\n\t"                          \
    "add \\addend, r3, \\sum, asr #31\n\t"                \
    "smmlar \\sum, \\sum, r0, \\addend\n\t"               \
    ".else\n\t"                                           \
    "smmlar \\sum, \\sum, r0, r3\n\t"                     \
    ".endif\n\t"                                          \
    ".endm\n\t"                                           \
    ".macro nc_one_code\n\t"                              \
    "ldrd r0, r3, [sp, #12]\n\t"                          \
    "nc_scale r12, r3\n\t"                                \
    "ldm sp, {r0, r3, r11}\n\t"                           \
    "asr r12, r12, r0\n\t"                                \
    "ldr r0, [sp, #20]\n\t"                               \
    "ssat r12, #8, r12\n\t"                               \
    "strb r12, [r2]\n\t"                                  \
    "add r2, r2, r0\n\t"                                  \
    ".endm\n\t"                                           \
    ".macro nc_two_codes\n\t" /* r0: step, r3: rowStep */ \
    "ldrd r0, r3, [sp, #12]\n\t"                          \
    "nc_scale r12, r11\n\t"                               \
    "nc_scale lr, r3\n\t"                                 \
    "ldm sp, {r0, r3, r11}\n\t"                           \
    "asr r12, r12, r0\n\t"                                \
    "asr lr, lr, r0\n\t"                                  \
    "ldr r0, [sp, #20]\n\t"                               \
    "ssat r12, #8, r12\n\t"                               \
    "ssat lr, #8, lr\n\t"                                 \
    ".endm\n\t"                                           \
    "push {r4-r11, lr}\n\t"                               \
    "ldmia r0!, {r1, r2}\n\t"                             \
    "ldmia r0, {r3-r12, lr}\n\t"                          \
    "push {r3-r12, lr}\n\t"                               \
    "1:\n\t"                                              \
    "ldr r0, [sp, #24]\n\t"                               \
    "ldmia r0!, {r4-r12, lr}\n\t"                         \
    "str r0, [sp, #24]\n\t"                               \
    "strd r11, r12, [sp, #12]\n\t"                        \
    "str lr, [sp]\n\t"
#define NETCALIPER_ROWS_END          \
    "cmp r1, r11\n\t"                \
    "bne 2b\n\t"                     \
    "ldrd r0, r3, [sp, #28]\n\t"     \
    "add r1, r1, %[columnsLeft]\n\t" \
    "add r11, r11, r3\n\t"           \
    "ldr r12, [sp, #36]\n\t"         \
    "sub r2, r2, r0\n\t"             \
    "str r11, [sp, #8]\n\t"          \
    "subs r12, r12, #1\n\t"          \
    "str r12, [sp, #36]\n\t"         \
    "bne 1b\n\t"                     \
    "add sp, sp, #44\n\t"            \
    "pop {r4-r11, pc}\n\t"           \
    ".purgem nc_pixels\n\t"          \
    ".purgem nc_add\n\t"             \
    ".purgem nc_scale\n\t"           \
    ".purgem nc_one_code\n\t"        \
    ".purgem nc_two_codes"

/// Two rows of the output at stride 1: 31 instructions for two results, 29 if rectified.
template <int kLater, bool kRectified>
[[gnu::naked, gnu::noipa]] void twoRows(const RowsJob*) {
    __asm__ volatile(
        ".macro nc_column address, upper, lower, sum0, sum1\n\t"
        "nc_pixels \"\\address\"\n\t"
        "nc_add r12, \\upper, \\lower, \\sum0\n\t"
        "smlatb lr, r0, \\upper, \\sum1\n\t"
        "smlad lr, r3, \\lower, lr\n\t"
        ".endm\n\t" NETCALIPER_ROWS_BEGIN
        "2:\n\t"
        "nc_column \"[r1], #8\", r4, r5, r10, r10\n\t"
        "nc_column \"[r1]\", r6, r7, r12, lr\n\t"
        "nc_column \"[r1, #8]\", r8, r9, r12, lr\n\t"
        "nc_two_codes\n\t"
        "strb lr, [r2, r3]\n\t"  // first: without a second row it has the same address
        "strb r12, [r2]\n\t"
        "add r2, r2, r0\n\t" NETCALIPER_ROWS_END "\n\t.purgem nc_column"
        :
        : [later] "i"(kLater), [rectified] "i"(kRectified), [columnsLeft] "i"(2 * 8));
}

/// One row of the output at stride 1: 20 instructions for a result.
[[gnu::naked, gnu::noipa]] inline void oneRow(const RowsJob*) {
    __asm__ volatile(NETCALIPER_ROWS_BEGIN
                     "2:\n\t"
                     "nc_pixels \"[r1], #8\"\n\t"
                     "nc_add r12, r4, r5, r10\n\t"
                     "nc_pixels \"[r1]\"\n\t"
                     "nc_add r12, r6, r7, r12\n\t"
                     "nc_pixels \"[r1, #8]\"\n\t"
                     "nc_add r12, r8, r9, r12\n\t"
                     "nc_one_code\n\t" NETCALIPER_ROWS_END
                     :
                     : [later] "i"(1), [rectified] "i"(0), [columnsLeft] "i"(2 * 8));
}

/// One row of the output at stride 2: 33 instructions for two results, 31 if rectified.
template <int kLater, bool kRectified>
[[gnu::naked, gnu::noipa]] void everySecondRow(const RowsJob*) {
    __asm__ volatile(NETCALIPER_ROWS_BEGIN
                     "ldr r0, [sp, #40]\n\t"
                     "cbz r0, 2f\n\t"
                     "nc_pixels \"[r1], #16\"\n\t"
                     "nc_add r12, r4, r5, r10\n\t"
                     "nc_pixels \"[r1, #-8]\"\n\t"
                     "nc_add r12, r6, r7, r12\n\t"
                     "nc_pixels \"[r1]\"\n\t"
                     "nc_add r12, r8, r9, r12\n\t"
                     "nc_one_code\n\t"
                     "2:\n\t"
                     "nc_pixels \"[r1], #32\"\n\t"
                     "nc_add r12, r4, r5, r10\n\t"
                     "nc_pixels \"[r1, #-24]\"\n\t"
                     "nc_add r12, r6, r7, r12\n\t"
                     "nc_pixels \"[r1, #-16]\"\n\t"
                     "nc_add r12, r8, r9, r12\n\t"
                     "nc_add lr, r4, r5, r10\n\t"
                     "nc_pixels \"[r1, #-8]\"\n\t"
                     "nc_add lr, r6, r7, lr\n\t"
                     "nc_pixels \"[r1]\"\n\t"
                     "nc_add lr, r8, r9, lr\n\t"
                     "nc_two_codes\n\t"
                     "strb r12, [r2]\n\t"
                     "strb lr, [r2, r0]\n\t"
                     "add r2, r2, r0, lsl #1\n\t" NETCALIPER_ROWS_END
                     :
                     : [later] "i"(kLater), [rectified] "i"(kRectified), [columnsLeft] "i"(8));
}
#undef NETCALIPER_ROWS_BEGIN
#undef NETCALIPER_ROWS_END

/// Computes a layer for which computesRows(); saturates codes to 8 bits.
void depthwiseByRows(const Call& call);

}  // namespace runtime
