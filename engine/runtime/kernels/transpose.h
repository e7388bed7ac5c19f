// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Strided copies: TRANSPOSE, SLICE, STRIDED_SLICE, REVERSE_V2, BROADCAST_TO, SPACE_TO_DEPTH and
// DEPTH_TO_SPACE write the output in order and read the input by strides. Operands: input; output.

#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct TransposeParams {
    StridedIterator<1> iterator;  ///< in the order of the output; operand: the input
    int32_t start = 0;            ///< index of the first input element
};

}  // namespace runtime
