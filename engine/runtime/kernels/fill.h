// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FILL: one run-time value everywhere; ZEROS_LIKE: zero everywhere; SHAPE: numbers known to
// lowering. Operands of FILL: value; output; of the others: output.

#include "runtime/program.h"

namespace runtime {

struct FillParams {
    int32_t elementBytes = 1;
};

struct ConstantParams {
    Part bytes;  ///< bytes of the output; empty: all zero
};

}  // namespace runtime
