// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rows of ADD, SUB and MUL in the form that vector kernels need.

#include "runtime/kernels/binary.h"

namespace runtime {

/// True where each operand of a row is a contiguous run or one repeated element.
inline bool hasRowsOfRuns(const BinaryParams& p) {
    const auto isRun = [&](int operand) {
        const int32_t stride = p.iterator.rowStride(operand);
        return stride == 0 || stride == 1 || p.iterator.rowLength() == 1;
    };
    return isRun(0) && isRun(1);
}

}  // namespace runtime
