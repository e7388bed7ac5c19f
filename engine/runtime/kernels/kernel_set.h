// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KernelSet: which function computes which kernel id. Copy the reference set and replace entries
// to make a faster one; leave entries null in a library that does not need them.

#include "runtime/kernels/kernel_list.h"

namespace runtime {

struct KernelSet {
    Kernel table[kKernelCount] = {};

    Kernel& operator[](KernelId id) { return table[static_cast<uint32_t>(id)]; }
};

/// The plain, readable kernels: the truth that all others are tested against.
const KernelSet& referenceKernels();

}  // namespace runtime
