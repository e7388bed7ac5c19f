// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GATHER and GATHER_ND: slices selected by run-time indices; an index out of range stops the run
// with BadData. Operands: input, indices (int32); output.

#include "runtime/program.h"

namespace runtime {

struct GatherParams {
    int32_t batches = 1, outer = 1;  ///< leading dimensions: shared with indices, and others
    int32_t axisSize = 0;
    int32_t indices = 0;     ///< number per batch
    int32_t sliceBytes = 0;  ///< bytes behind the axis
};

struct GatherNdParams {
    int32_t indices = 0;  ///< number of indices
    int32_t sliceBytes = 0;
    Part sizes, strides;  ///< int32 per coordinate of an index; strides in slices
};

}  // namespace runtime
