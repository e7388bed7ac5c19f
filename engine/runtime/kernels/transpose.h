// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Strided copies: TRANSPOSE, SLICE, STRIDED_SLICE, REVERSE_V2, BROADCAST_TO, SPACE_TO_DEPTH and
// DEPTH_TO_SPACE iterate over the output with one offset into the input. Operands: input; output.

#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct TransposeParams {
    StridedIterator<1> iterator;  ///< in the order of the output; offset: the input
    int32_t start = 0;            ///< index of the first input element
};

}  // namespace runtime
