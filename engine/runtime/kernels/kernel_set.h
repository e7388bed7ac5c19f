// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KernelSet: which function computes which kernel id. Copy the reference set and replace entries
// to make a faster one; leave entries null in a library that does not need them.

#include "runtime/kernels/kernel_list.h"

namespace runtime {

/// From here on ids name kernels of one target, for operators that lowering packed for it.
constexpr uint32_t kFirstPackedKernel = 0x100;
static_assert(kKernelCount <= kFirstPackedKernel);

struct KernelSet {
    Kernel table[kKernelCount] = {};
    const Kernel* packed = nullptr;  ///< by id - kFirstPackedKernel
    uint32_t packedCount = 0;

    constexpr Kernel& operator[](KernelId id) { return table[static_cast<uint32_t>(id)]; }

    /// Null where the set has none for the id.
    Kernel find(uint32_t id) const {
        if (id < kKernelCount) return table[id];
        const uint32_t own = id - kFirstPackedKernel;
        return id >= kFirstPackedKernel && own < packedCount ? packed[own] : nullptr;
    }
};

/// The plain, readable kernels: the truth that all others are tested against.
const KernelSet& referenceKernels();

}  // namespace runtime
