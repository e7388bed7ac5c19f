// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How much RAM a run takes beside arena and state. The stack is painted before the run; what is
// no longer painted afterwards was used. Whatever runs in between counts: kernels, run(), and the
// log that this firmware writes.

#include <stdint.h>

namespace firmware {

/// Paints from the end of the static data to where the stack stands now.
void paintStack();

/// Bytes from the top of the stack to the deepest word that was written since.
uint32_t deepestStack();

/// Bytes of initialised and of zeroed data.
uint32_t staticBytes();

}  // namespace firmware
