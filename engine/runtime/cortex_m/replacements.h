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

/// Extra fraction bits of ADD's operands on the common scale, by the bytes of a code.
constexpr int32_t addHeadStart(size_t bytes) {
    return bytes == 1 ? 20 : 15;
}

/// True where ADD's sums stay below 2^30 and its rounding shifts are in the fast kernel's range.
inline bool isCommonAdd(const BinaryParams& p, size_t bytes) {
    const auto fraction = [](Factor f) { return f.shift <= 0 && f.shift >= -22; };
    // Operands of 16 bits are scaled up to 2^30: both factors must be at most one half.
    const bool halved = bytes == 1 || (p.factors[0].shift < 0 && p.factors[1].shift < 0);
    return p.leftShift == addHeadStart(bytes) && fraction(p.factors[0]) && fraction(p.factors[1]) &&
           halved && p.outputFactor.shift < 0 && fraction(p.outputFactor);
}

}  // namespace runtime
