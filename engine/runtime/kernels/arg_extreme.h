// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ARG_MAX and ARG_MIN: index of the extreme along an axis, the first of equals. Operands: input;
// output (int32 or int64).

#include <stdint.h>

namespace runtime {

struct ArgParams {
    int32_t outer = 0, axisSize = 0, inner = 0;
    int32_t smallest = 0;    ///< 1: ARG_MIN
    int32_t wideOutput = 0;  ///< 1: the output is int64
};

}  // namespace runtime
