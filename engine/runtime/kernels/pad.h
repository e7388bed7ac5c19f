// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PAD and PADV2: the input in a frame of one value. Operands: input; output.

#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct PadParams {
    StridedIterator<1> iterator;  ///< in the order of the input; operand: the output
    int32_t start = 0;            ///< index of the first input element in the output
    int32_t outputs = 0;
    uint8_t value[8] = {};  ///< of the frame, as the element type stores it
};

}  // namespace runtime
