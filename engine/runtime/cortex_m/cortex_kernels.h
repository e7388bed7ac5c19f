// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The kernels of the Cortex-M that the compiler targets: plain and packed ones.

#include "runtime/kernels/kernel_set.h"

namespace runtime {

const KernelSet& cortexKernels();

/// Name for logs: "ConvInt8".
const char* cortexKernelName(uint32_t id);

}  // namespace runtime
