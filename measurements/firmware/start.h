// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Functions that start.cpp calls; each image defines its own.

#include <stdint.h>

namespace firmware {

/// Does the work; returns the exit status.
uint32_t main();

/// Called on a crash. Cortex-M: number of the exception, configurable fault status register;
/// RISC-V: mcause, mtval.
[[noreturn]] void onFault(uint32_t exception, uint32_t status);

}  // namespace firmware
