// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HeapCounter: bytes that this process holds through operator new, which the benchmark replaces.
// Sizes are what the allocator really gave, its rounding included.

#include <cstdint>

namespace bench {

int64_t heapBytes();

/// The most that was held since this was called last.
int64_t takeHeapPeak();

}  // namespace bench
