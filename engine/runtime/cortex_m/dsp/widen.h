// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Widens bytes to pairs of 16 bits, in the order in which the inner loops read them.

#include "runtime/cortex_m/loose_word.h"

namespace runtime {

/// Widens bytes 0 and 2 of a word to a pair of 16 bits; oddBytes() does bytes 1 and 3.
inline uint32_t evenBytes(uint32_t word) {
    uint32_t pair;
    __asm__("sxtb16 %0, %1" : "=r"(pair) : "r"(word));
    return pair;
}
inline uint32_t oddBytes(uint32_t word) {
    uint32_t pair;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(word));
    return pair;
}

/// Writes each word's even bytes, then its odd bytes, `gap` words behind them; the columns of `gap`
/// pixels alternate. Returns the address of the next four. Not inlined: it is unrolled.
[[gnu::noinline]] inline int16_t* widen(const int8_t* from, int32_t fours, int16_t* to,
                                        int32_t gap) {
    auto* in = reinterpret_cast<const LooseWord*>(from);
    auto* pair = reinterpret_cast<uint32_t*>(to);
#pragma GCC unroll 4
    for (; fours > 0; --fours) {
        const uint32_t word = (in++)->value;
        pair[0] = evenBytes(word);
        pair[gap] = oddBytes(word);
        pair += 2 * gap;
    }
    return reinterpret_cast<int16_t*>(pair);
}

/// The same for three pixels at once: [four][2 words][3 pixels]. 12 instructions for 12 values. Not
/// inlined: it needs most registers.
[[gnu::noinline]] inline int16_t* widenThree(const int8_t* x, const int8_t* y, const int8_t* z,
                                             int32_t fours, int16_t* to) {
    __asm__ volatile(
        "1:\n\t"
        "ldr r6, [%[x]], #4\n\t"
        "ldr r8, [%[y]], #4\n\t"
        "ldr r9, [%[z]], #4\n\t"
        "subs %[n], %[n], #1\n\t"
        "sxtb16 r3, r6\n\t"
        "sxtb16 r4, r8\n\t"
        "sxtb16 r5, r9\n\t"
        "sxtb16 r6, r6, ror #8\n\t"
        "sxtb16 r8, r8, ror #8\n\t"
        "sxtb16 r9, r9, ror #8\n\t"
        "stmia %[to]!, {r3, r4, r5, r6, r8, r9}\n\t"
        "bne 1b"
        : [x] "+r"(x), [y] "+r"(y), [z] "+r"(z), [n] "+r"(fours), [to] "+r"(to)
        :
        : "r3", "r4", "r5", "r6", "r8", "r9", "cc", "memory");
    return to;
}

}  // namespace runtime
