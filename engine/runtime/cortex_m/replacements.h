// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kernels that take the place of plain ones on a Cortex-M without packing: same parameters, same
// results. Each falls back to the plain kernel where its shortcuts do not hold.

#include "runtime/kernels/add.h"
#include "runtime/kernels/kernel_list.h"

// clang-format off
#define NETCALIPER_DSP_REPLACEMENTS(X) \
    X(AddInt8, cortexAddInt8)
#define NETCALIPER_MVE_REPLACEMENTS(X) \
    X(AddInt8, cortexAddInt8) \
    X(AveragePoolInt8, cortexAveragePoolInt8)
// clang-format on

namespace runtime {

#define NETCALIPER_DECLARATION(id, function) Status function(const Call& call);
NETCALIPER_MVE_REPLACEMENTS(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

/// One operand of ADD brought to the common scale, for codes: (code + offset) doubled and shifted
/// is code * 2^kAddShift + offset.
constexpr int32_t kAddShift = 21;

/// Whether ADD's sums stay far below 2^30 and its rounding shifts are in the reach of the
/// shortcuts.
inline bool isCommonAdd(const BinaryParams& p) {
    const auto fraction = [](Factor f) { return f.shift <= 0 && f.shift >= -22; };
    return p.leftShift == kAddShift - 1 && fraction(p.factors[0]) && fraction(p.factors[1]) &&
           p.outputFactor.shift < 0 && fraction(p.outputFactor);
}

}  // namespace runtime
