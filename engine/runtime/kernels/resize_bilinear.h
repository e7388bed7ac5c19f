// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RESIZE_BILINEAR: each output blends four inputs. The two axes blend independently, so lowering
// makes one table per axis. Operands: input (NHWC); output.

#include "runtime/program.h"

namespace runtime {

/// Two neighbours along an axis and the weight of the second: in 1/1024 for int8, as a real number
/// for float32.
struct Blend {
    int32_t low = 0, high = 0;
    int32_t share = 0;
    float shareFloat = 0.0f;
};

struct ResizeParams {
    int32_t batches = 0, height = 0, width = 0, channels = 0;  ///< of the input
    Part rows, columns;  ///< Blend per output row and per output column
};

}  // namespace runtime
