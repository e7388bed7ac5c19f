// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FILL: one value, computed at run time, everywhere; ZEROS_LIKE: zero everywhere; SHAPE: numbers
// that lowering knows. Operands of FILL: value; output; the others: output.

#include "runtime/program.h"

namespace runtime {

struct FillParams {
    int32_t elementBytes = 1;
};

struct ConstantParams {
    Part bytes;  ///< of the output; empty: all zero
};

}  // namespace runtime
