// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kernels that replace plain ones on a Cortex-M without packing: same parameters, same results,
// same order of reading and writing (kernels/overwriting.h). Each falls back to the plain kernel
// where its preconditions do not hold.

#include "runtime/kernels/add.h"
#include "runtime/kernels/kernel_list.h"

// clang-format off
#define NETCALIPER_DSP_REPLACEMENTS(X) \
    X(AddInt8, cortexAddInt8) \
    X(AddInt16, cortexAddInt16) \
    X(MulInt8, cortexMulInt8) \
    X(AveragePoolInt8, cortexAveragePoolInt8) \
    X(MaxPoolInt8, cortexMaxPoolInt8) \
    X(MaxPoolInt16, cortexMaxPoolInt16)
#define NETCALIPER_MVE_REPLACEMENTS(X) \
    NETCALIPER_DSP_REPLACEMENTS(X) \
    X(MulInt16, cortexMulInt16) \
    X(AveragePoolInt16, cortexAveragePoolInt16)
// clang-format on

namespace runtime {

#define NETCALIPER_DECLARATION(id, function) Status function(const Call& call);
NETCALIPER_MVE_REPLACEMENTS(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

}  // namespace runtime
