// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TRANSPOSE: dimensions in another order. Operands: input; output.

#include "runtime/kernels/walk.h"

namespace runtime {

struct TransposeParams {
    Walk<1> walk;  ///< in the order of the output; follower: the input
};

}  // namespace runtime
