// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The kernels of the core that the compiler targets.

#include "runtime/kernels/kernel_set.h"

namespace firmware {

/// The core's own kernels; the reference kernels where it has none. `plain` asks for the reference
/// kernels on a core whose own take the same Programs; a Cortex-M with DSP instructions or vectors
/// has own kernels for packed Programs and ignores it.
const runtime::KernelSet& boardKernels(bool plain);

/// Name for logs: "ConvInt8".
const char* boardKernelName(uint32_t id);

}  // namespace firmware
