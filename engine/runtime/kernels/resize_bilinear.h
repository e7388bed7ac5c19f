// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RESIZE_BILINEAR: each output is a blend of four inputs. The blend along each axis does not
// depend on the other: lowering makes a table per axis. Operands: input (NHWC); output.

#include "runtime/program.h"

namespace runtime {

/// Two neighbours along an axis and how far the output lies towards the second: in 1/1024 for
/// int8, as a real number for float32.
struct Blend {
    int32_t low = 0, high = 0;
    int32_t share = 0;
    float shareFloat = 0.0f;
};

struct ResizeParams {
    int32_t batches = 0, height = 0, width = 0, channels = 0;  ///< of the input
    Part rows, columns;                                        ///< Blend per output row / column
};

}  // namespace runtime
