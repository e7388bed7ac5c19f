// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SOFTMAX over the innermost dimension. Operands: input; output. The float kernels, plain and
// vector, are within 4 + depth units of the last place of the exact softmax of the differences
// to the largest value, times beta, as rounded to float.

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"

namespace runtime {

/// Entries of an int16 table: 512 steps of 128 codes and the end point.
constexpr int32_t kTableSize = 513;

struct SoftmaxParams {
    int32_t rows = 0, depth = 0;
    Factor inputFactor;  ///< int8: rescales a difference to 5 integer bits; int16: to [-65535, 0]
    int32_t smallestDiff = 0;        ///< int8: larger distances below the maximum count as zero
    float beta = 1.0f;               ///< float32
    Part expTable, reciprocalTable;  ///< int16: exp on [-10, 0], 1 / (1 + x) on [0, 1]
};

}  // namespace runtime
