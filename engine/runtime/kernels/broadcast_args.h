// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BROADCAST_ARGS: the shape that two shapes broadcast to; shapes that do not match stop the run
// with BadData. Operands: two shapes (int32 or int64); output, of the same type.

#include "runtime/program.h"

namespace runtime {

struct BroadcastArgsParams {
    int32_t first = 0, second = 0, output = 0;  ///< numbers of dimensions
    int32_t wide = 0;                           ///< 1: int64
};

}  // namespace runtime
