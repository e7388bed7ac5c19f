// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Widens bytes to pairs of 16 bits, in the order in which the inner loops of dot_tiles.h read them.

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

/// Writes each word's even bytes, then its odd bytes; `step` elements separate two fours. Returns
/// the address of the next four.
inline int16_t* widen(const int8_t* from, int32_t fours, int16_t* to, int32_t step) {
    auto* in = reinterpret_cast<const LooseWord*>(from);
#pragma GCC unroll 4
    for (; fours > 0; --fours) {
        const uint32_t word = (in++)->value;
        auto* pair = reinterpret_cast<uint32_t*>(to);
        pair[0] = evenBytes(word);
        pair[1] = oddBytes(word);
        to += step;
    }
    return to;
}

constexpr int32_t kOneStep = 4, kPairStep = 8;  ///< step in columns of one pixel and of two

}  // namespace runtime
