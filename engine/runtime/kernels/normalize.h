// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// L2_NORMALIZATION and LOG_SOFTMAX over the innermost dimension. Operands: input; output. In float
// the former rounds as the reference kernel does; the latter is within (2 + depth / 2) 2^-23 times
// the largest of 1, the result and the logarithm of the sum.

#include "runtime/fixed_point.h"

namespace runtime {

struct NormalizeParams {
    int32_t rows = 0, depth = 0;
    int32_t inputOffset = 0;
    Factor inputFactor;    ///< LOG_SOFTMAX int8: rescales differences to 5 integer bits
    Factor reverseFactor;  ///< the reverse of inputFactor
    int32_t smallestDiff = 0;
};

}  // namespace runtime
