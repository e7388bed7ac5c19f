// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// States which kernels may write their output over an input, both starting at the same byte:
// kernels that read an element, or a whole row, before they write it and never read it again.
// In-place planning relies on this, and lowering refuses plans that go further.
//
// The statement binds every replacement of a plain kernel, on desktops and on boards: it must read
// and write in the same order, compute nothing twice from its input, and read ahead only what it
// writes later. Element types that must not alias in C++ (a float written where an int32 was read)
// are excluded, because compilers may reorder such accesses.
//
// Only lowering calls this, so programs for boards do not contain it.

#include <stdint.h>

namespace runtime {

/// `params`: the parameters of `kernel`. The output must be no longer than the input.
bool mayOverwrite(uint32_t kernel, const void* params, uint32_t input);

}  // namespace runtime
