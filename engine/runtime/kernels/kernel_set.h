// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KernelSet: maps kernel ids to functions. A faster set is a copy of the reference set with
// replaced entries; a library that needs few kernels leaves the other entries null.

#include "runtime/kernels/kernel_list.h"

namespace runtime {

/// Ids from here on name kernels of one target, for operators that lowering packed for it.
constexpr uint32_t kFirstPackedKernel = 0x100;
static_assert(kKernelCount <= kFirstPackedKernel);

struct KernelSet {
    Kernel table[kKernelCount] = {};
    const Kernel* packed = nullptr;  ///< by id - kFirstPackedKernel
    uint32_t packedCount = 0;

    constexpr Kernel& operator[](KernelId id) { return table[static_cast<uint32_t>(id)]; }

    /// Returns null where the set has no kernel for the id.
    Kernel find(uint32_t id) const {
        if (id < kKernelCount) return table[id];
        const uint32_t own = id - kFirstPackedKernel;
        return id >= kFirstPackedKernel && own < packedCount ? packed[own] : nullptr;
    }
};

/// The plain, readable kernels: the reference that all others are tested against.
const KernelSet& referenceKernels();

}  // namespace runtime
