// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ADD_N and CUMSUM. On int8 both rescale values to half their scale with 20 extra fraction bits,
// and start at minus the zero point, as TFLM does: results deviate by that much.

#include "runtime/fixed_point.h"

namespace runtime {

struct AddNCumsumParams {
    int32_t inputOffset = 0, outputOffset = 0, leftShift = 0;
    Factor inputFactor, outputFactor;
    int32_t outer = 0, depth = 0, inner = 0;  ///< CUMSUM: elements around the summed axis
    int32_t exclusive = 0, reverse = 0;
};

}  // namespace runtime
