// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The kernels of the Cortex-M this is compiled for: the plain ones and the packed ones.

#include "runtime/kernels/kernel_set.h"

namespace runtime {

const KernelSet& cortexKernels();

/// "ConvInt8", for logs.
const char* cortexKernelName(uint32_t id);

}  // namespace runtime
