// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Copies along strides: TRANSPOSE, SLICE, STRIDED_SLICE, REVERSE_V2, BROADCAST_TO, SPACE_TO_DEPTH
// and DEPTH_TO_SPACE are all walks over the output with the input following. Operands: input;
// output.

#include "runtime/kernels/walk.h"

namespace runtime {

struct TransposeParams {
    Walk<1> walk;       ///< in the order of the output; follower: the input
    int32_t start = 0;  ///< index of the first input element
};

}  // namespace runtime
