// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CIRCULAR_BUFFER: appends a slice to its output, which keeps the last slices from run to run, and
// drops the oldest. Only in every `cycles`-th run the operators after it run; in the others it ends
// the run with Status::Skipped, as TFLM's kernel does with kTfLiteAbort. Operands: slice, then the
// state: an int32 that counts runs; output.

#include "runtime/program.h"

namespace runtime {

struct CircularBufferParams {
    uint32_t sliceBytes = 0;
    uint32_t keptBytes = 0;  ///< of all slices but the newest
    int32_t cycles = 1;
};

}  // namespace runtime
