// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HeapCounter: bytes that this process has allocated with operator new, which the benchmark
// replaces. Sizes are those that the allocator provides, rounding included.

#include <cstdint>

namespace bench {

int64_t heapBytes();

/// Returns the peak since the last call.
int64_t takeHeapPeak();

}  // namespace bench
