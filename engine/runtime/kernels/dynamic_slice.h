// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SLICE with a begin or a size that is computed at run time. Operands: input, begin, size (int32 or
// int64; a size of -1 reaches to the end); output. A window outside the input, or larger than the
// output, stops the run with BadData; elements of the output behind the window are 0.

#include "runtime/program.h"

namespace runtime {

constexpr int kSliceRank = 8;

struct DynamicSliceParams {
    int32_t dims[kSliceRank] = {};  ///< of the input
    int32_t rank = 0;
    int32_t entries = 0;  ///< of begin and size; dimensions without an entry have begin and size 0
    int32_t wide = 0;     ///< 1: begin and size are int64
    int32_t elementBytes = 1;
};

}  // namespace runtime
