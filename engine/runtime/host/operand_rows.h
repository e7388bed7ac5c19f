// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rows of ADD, SUB and MUL as vector kernels want them.

#include "runtime/kernels/binary.h"

namespace runtime {

/// Whether each operand of a row is a run of neighbours or one element that repeats.
inline bool hasRowsOfRuns(const BinaryParams& p) {
    const auto isRun = [&](int operand) {
        const int32_t stride = p.iterator.rowStride(operand);
        return stride == 0 || stride == 1 || p.iterator.rowLength() == 1;
    };
    return isRun(0) && isRun(1);
}

}  // namespace runtime
