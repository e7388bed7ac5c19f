// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ADD_N and CUMSUM. On int8 both bring values to half their scale with 20 bits of head start, and
// both start at minus the zero point, as TFLM does: results are off by that much.

#include "runtime/fixed_point.h"

namespace runtime {

struct AddNCumsumParams {
    int32_t inputOffset = 0, outputOffset = 0, leftShift = 0;
    Factor inputFactor, outputFactor;
    int32_t outer = 0, depth = 0, inner = 0;  ///< CUMSUM: along depth
    int32_t exclusive = 0, reverse = 0;
};

}  // namespace runtime
