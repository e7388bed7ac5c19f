// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Measures the RAM of a run beside arena and state. The stack is filled with a pattern before the
// run; words that changed were used. Everything in between counts: kernels, run(), and the log of
// this firmware.

#include <stdint.h>

namespace firmware {

/// Fills from the stack's limit (a symbol of the linker script) to the present stack pointer.
void paintStack();

/// Returns the bytes from the top of the stack to the deepest word written since.
uint32_t deepestStack();

/// True where the stack has reached its limit since.
bool stackIsExhausted();

/// Returns the bytes of initialised and zeroed data.
uint32_t staticBytes();

}  // namespace firmware
