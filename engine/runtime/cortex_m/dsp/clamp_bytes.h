// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Clamps codes of 8 bits, four at a time: the parallel subtraction sets a flag per byte, by which
// the selection takes one or the other byte.

#include "runtime/cortex_m/loose_word.h"

namespace runtime {

inline uint32_t clampWord(uint32_t codes, uint32_t lowest, uint32_t highest) {
    uint32_t difference;
    __asm__(
        "ssub8 %[t], %[codes], %[lowest]\n\t"
        "sel %[codes], %[codes], %[lowest]\n\t"
        "ssub8 %[t], %[highest], %[codes]\n\t"
        "sel %[codes], %[codes], %[highest]"
        : [codes] "+r"(codes), [t] "=&r"(difference)
        : [lowest] "r"(lowest), [highest] "r"(highest)
        : "cc");
    return codes;
}

/// Leaves the widest range as it is.
inline void clampBytes(int8_t* codes, int32_t count, int32_t lowest, int32_t highest) {
    if (lowest <= INT8_MIN && highest >= INT8_MAX) return;
    const uint32_t least = static_cast<uint8_t>(lowest) * 0x01010101u;
    const uint32_t most = static_cast<uint8_t>(highest) * 0x01010101u;
    for (; count >= 4; count -= 4, codes += 4) {
        auto* word = reinterpret_cast<LooseWord*>(codes);
        word->value = clampWord(word->value, least, most);
    }
    for (; count > 0; --count, ++codes)
        *codes = static_cast<int8_t>(clampWord(static_cast<uint8_t>(*codes), least, most));
}

}  // namespace runtime
