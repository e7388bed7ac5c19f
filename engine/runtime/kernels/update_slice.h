// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DYNAMIC_UPDATE_SLICE: copies the input and overwrites a window of it; the start of the window is
// a run-time value, clamped so that the window fits. Operands: input, update, start (int32 or
// int64); output.

#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct UpdateSliceParams {
    StridedIterator<1> iterator;       ///< over the update, dimensions unmerged; operand: output
    int32_t last[kIteratorRank] = {};  ///< largest start per dimension
    int32_t rank = 0;
    int32_t wideStart = 0;  ///< 1: start is int64
    int32_t elementBytes = 1;
};

}  // namespace runtime
