// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DYNAMIC_UPDATE_SLICE: a copy of the input with a window overwritten; the start of the window is
// known at run time and moved inside. Operands: input, update, start (int32 or int64); output.

#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct UpdateSliceParams {
    /// In the order of the update, one dimension each; operand: the output.
    StridedIterator<1> iterator;
    int32_t last[kIteratorRank] = {};  ///< largest start per dimension
    int32_t rank = 0;
    int32_t wideStart = 0;  ///< 1: start is int64
    int32_t elementBytes = 1;
};

}  // namespace runtime
