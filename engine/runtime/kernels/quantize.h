// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// QUANTIZE (float to integer, integer to integer) and DEQUANTIZE. Operands: input; output.

#include "runtime/fixed_point.h"

namespace runtime {

struct QuantizeParams {
    int32_t elements = 0;
    float scale = 1.0f;  ///< scale of the quantized side
    int32_t inputZeroPoint = 0, outputZeroPoint = 0;
    Factor factor;  ///< integer to integer: input scale / output scale
};

}  // namespace runtime
