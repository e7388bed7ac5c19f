// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ADD on quantized integers: rescales both operands to a common scale with `leftShift` extra
// fraction bits, adds them, and rescales the sum to the output's scale.

#include "runtime/kernels/binary.h"

namespace runtime {

inline int32_t rescaled(int32_t code, int32_t offset, int32_t leftShift, Factor factor) {
    return multiplyByFactor(wrapShiftLeft(code + offset, leftShift), factor);
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
