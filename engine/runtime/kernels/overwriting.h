// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which kernels may write their output over an input, both from the same first byte on: those that
// read an element, or all of a row, before they write it and never look back. Planning in place
// rests on this, and lowering refuses plans that do more.
//
// The statement binds every kernel that stands in for a plain one, on desktops and on boards: it
// must read before it writes in the same order, compute no part twice from its input, and read
// ahead only what it writes later. Element types that C++ keeps apart (a float written where an
// int32 was read) are left out, for compilers may reorder such accesses.
//
// Only lowering asks, so programs for boards leave this behind.

#include <stdint.h>

namespace runtime {

/// `params`: of that kernel. The output must be no longer than the input.
bool mayOverwrite(uint32_t kernel, const void* params, uint32_t input);

}  // namespace runtime
