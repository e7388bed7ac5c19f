// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PAD and PADV2: the input inside a border of one value. Operands: input; output.

#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct PadParams {
    StridedIterator<1> iterator;  ///< in the order of the input; operand: the output
    int32_t start = 0;            ///< index of the first input element in the output
    int32_t outputs = 0;
    uint8_t value[8] = {};  ///< value of the border in the element type
};

}  // namespace runtime
