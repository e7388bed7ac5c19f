// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ADD on quantized integers: rescales both operands to a common scale with `leftShift` extra
// fraction bits, adds them, and rescales the sum to the output's scale.

#include "runtime/kernels/binary.h"

namespace runtime {

inline int32_t rescaled(int32_t code, int32_t offset, int32_t leftShift, Factor factor) {
    return multiplyByFactor(wrapShiftLeft(code + offset, leftShift), factor);
}

/// Extra fraction bits of ADD's operands on the common scale, by the bytes of a code.
constexpr int32_t addHeadStart(size_t bytes) {
    return bytes == 1 ? 20 : 15;
}

/// True where ADD's sums stay below 2^30 and its rounding shifts are in the fast kernel's range.
inline bool isCommonAdd(const BinaryParams& p, size_t bytes) {
    const auto fraction = [](Factor f) { return f.shift <= 0 && f.shift >= -22; };
    // Operands of 16 bits are scaled up to 2^30: both factors must be at most one half.
    const bool halved = bytes == 1 || (p.factors[0].shift < 0 && p.factors[1].shift < 0);
    return p.leftShift == addHeadStart(bytes) && fraction(p.factors[0]) && fraction(p.factors[1]) &&
           halved && p.outputFactor.shift < 0 && fraction(p.outputFactor);
}

template <typename T>
Status addQuantized(const Call& call) {
    const BinaryParams p = call.params<BinaryParams>();  // a local copy stays in registers
    return combineElements<T, T>(call, p, [&p](T a, T b) {
        const int32_t sum = wrapAdd(rescaled(a, p.offsets[0], p.leftShift, p.factors[0]),
                                    rescaled(b, p.offsets[1], p.leftShift, p.factors[1]));
        return static_cast<T>(clamp(wrapAdd(multiplyByFactor(sum, p.outputFactor), p.outputOffset),
                                    p.lowest, p.highest));
    });
}

}  // namespace runtime
