// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Bytes as pairs of 16 bits, in the order in which the inner loops of dot_tiles.h multiply them.

#include "runtime/cortex_m/loose_word.h"

namespace runtime {

/// Bytes 0 and 2 of a word as a pair of 16 bits, and bytes 1 and 3.
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

/// A word becomes its even bytes, then its odd ones; `step` elements from one
/// four to the next. Returns the place of the next four.
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

constexpr int32_t kOneStep = 4, kPairStep = 8;  ///< of columns of one pixel and of two

}  // namespace runtime
