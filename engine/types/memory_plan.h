// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MemoryPlan: offset and lifetime of every activation and scratch buffer in the arena.

#include <cstdint>
#include <vector>

namespace types {

/// A buffer with its own bytes of the arena from firstOp to lastOp, both included. Times are
/// operator indices; model inputs live from -1 (before the first operator), model outputs until the
/// last, an unused tensor only at -2 (TFLM plans it, too).
struct PlannedBuffer {
    int32_t tensor = -1;    ///< -1: scratch of operator `firstOp`
    int64_t size = 0;       ///< bytes, rounded up to 16
    int64_t requested = 0;  ///< bytes before rounding
    int64_t offset = 0;     ///< bytes from the arena's start, a multiple of 16
    int32_t firstOp = 0, lastOp = 0;
    /// In place: the tensor that operator `firstOp` overwrites with this one. Both start at the
    /// same offset; the other is as long or longer and lives until firstOp; -1: none.
    int32_t overwrites = -1;

    bool isScratch() const { return tensor < 0; }
    bool aliveAt(int32_t op) const { return firstOp <= op && op <= lastOp; }
    /// Bytes that it adds at `op`; 0 while it lies over the tensor that it overwrites.
    int64_t bytesAt(int32_t op) const {
        const bool isOver = overwrites >= 0 && op == firstOp;
        return aliveAt(op) && !isOver ? size : 0;
    }
};

struct MemoryPlan {
    std::vector<PlannedBuffer> buffers;
    int64_t arenaBytes = 0;       ///< end of the highest buffer ("non-persistent" in TFLM)
    int64_t lowerBoundBytes = 0;  ///< largest sum of buffers alive at one operator
    int32_t peakOp = 0;           ///< operator with that sum
    std::vector<int32_t> order;   ///< operators in the order of execution

    /// Sum of the buffers alive at `op`, shared places counted once.
    int64_t bytesAliveAt(int32_t op) const {
        int64_t bytes = 0;
        for (const PlannedBuffer& buffer : buffers)
            bytes += buffer.bytesAt(op);
        return bytes;
    }
};

}  // namespace types
