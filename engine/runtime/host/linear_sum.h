// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LinearSum: ADD or SUB on 8-bit codes as one linear form,
//     code = (a * wa + b * wb + bias) >> shift, clamped,
// where that gives what the three roundings of the plain kernel give. Weights have 30 bits, as two
// numbers that 16-bit products take: w = high * 2^15 + low. Shifting right rounds down, and
// rounding down in two steps is rounding down in one, so
//     code = (high sum + (low sum >> 15)) >> shift
// has all the bits of the long form in 32-bit arithmetic.
//
// Exact by proof: for given weights every pair of codes allows a range of biases; findLinearSum()
// goes through all 65,536 pairs and takes a bias from the middle of what all of them allow. Where
// nothing is left (exact ties, which the plain kernel rounds away from zero), it finds none.

#include "runtime/kernels/binary.h"

namespace runtime {

constexpr int32_t kLowBits = 15;

struct LinearSum {
    int16_t high[2] = {}, low[2] = {};  ///< of the weights of both operands
    int32_t highBias = 0, lowBias = 0;
    int32_t shift = 0;
};

/// False where no bias serves all pairs of codes. `sign` is -1 for SUB. The parameters must be such
/// that the plain kernel does not wrap.
bool findLinearSum(const BinaryParams& p, int32_t sign, LinearSum& sum);

}  // namespace runtime
