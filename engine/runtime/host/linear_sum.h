// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LinearSum: ADD or SUB on 8-bit codes as one linear form,
//     code = (a * wa + b * wb + bias) >> shift, clamped,
// where that equals the three roundings of the plain kernel. Weights have 30 bits, as two numbers
// for 16-bit products: w = high * 2^15 + low. Since a right shift rounds down, and rounding down in
// two steps equals rounding down in one,
//     code = (high sum + (low sum >> 15)) >> shift
// has all the bits of the long form in 32-bit arithmetic.
//
// Proof of exactness: for given weights every pair of codes permits a range of biases;
// findLinearSum() visits all 65,536 pairs and takes the middle of the intersection. Where the
// intersection is empty (exact ties, which the plain kernel rounds away from zero), there is no
// linear sum.

#include "runtime/kernels/binary.h"

namespace runtime {

constexpr int32_t kLowBits = 15;

struct LinearSum {
    int16_t high[2] = {}, low[2] = {};  ///< of the weights of both operands
    int32_t highBias = 0, lowBias = 0;
    int32_t shift = 0;
};

/// Returns false where no bias fits all pairs of codes. `sign` is -1 for SUB. Requires parameters
/// for which the plain kernel does not wrap.
bool findLinearSum(const BinaryParams& p, int32_t sign, LinearSum& sum);

}  // namespace runtime
