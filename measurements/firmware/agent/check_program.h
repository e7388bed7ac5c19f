// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Checks a Program that came over a line before it runs: every part, tensor and operand lies where
// the Program says that memory is, and every kernel exists. Parameters are the kernels' own; the
// checksum of the whole vouches for them.

#include "firmware/agent/wire.h"
#include "runtime/kernels/kernel_set.h"

namespace firmware {

/// `bytes`: length of the block at `program`.
Refused checkProgram(const runtime::Program& program, uint32_t bytes,
                     const runtime::KernelSet& kernels);

}  // namespace firmware
