// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BATCH_MATMUL: matrix products with broadcast batches. Operands: left, right; output. Integers:
// sum of (left + leftOffset) * (right + rightOffset), times a factor.

#include "runtime/fixed_point.h"
#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct BatchMatMulParams {
    StridedIterator<2> batches;  ///< output matrices; operands: left and right, in elements
    int32_t rows = 0, columns = 0, depth = 0;
    int32_t leftRowStep = 0, leftDepthStep = 0;  ///< in elements; swapped by a transposition
    int32_t rightColumnStep = 0, rightDepthStep = 0;
    int32_t leftOffset = 0, rightOffset = 0, outputOffset = 0;
    Factor factor;
    int32_t lowest = 0, highest = 0;
};

}  // namespace runtime
