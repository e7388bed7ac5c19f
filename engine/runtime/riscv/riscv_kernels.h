// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kernels for 32-bit RISC-V cores with multiplication and without vectors (RV32IM), as in ESP32-C3:
// plain C++ that keeps sums of several outputs in the 31 registers. They replace plain kernels
// without packing: same parameters, same results, same order of reading and writing where
// kernels/overwriting.h permits one operand over another.

#include "runtime/kernels/kernel_set.h"

// clang-format off
#define NETCALIPER_RISCV_REPLACEMENTS(X) \
    X(AddInt8, riscvAddInt8) \
    X(ConvInt8, riscvConvInt8) \
    X(DepthwiseConvInt8, riscvDepthwiseConvInt8) \
    X(FullyConnectedInt8, riscvFullyConnectedInt8)
// clang-format on

namespace runtime {

#define NETCALIPER_DECLARATION(id, function) Status function(const Call& call);
NETCALIPER_RISCV_REPLACEMENTS(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

/// All kernels: the plain ones with these in their places.
const KernelSet& riscvKernels();

}  // namespace runtime
