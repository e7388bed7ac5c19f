// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/placement.h"

#include <algorithm>

namespace memory {
namespace {

using types::PlannedBuffer;

/// Lowest offset where `buffer` fits between those of `placed` (sorted by offset) that live with
/// it.
int64_t lowestFit(const PlannedBuffer& buffer, const std::vector<const PlannedBuffer*>& placed) {
    int64_t offset = 0;
    for (const PlannedBuffer* other : placed) {
        if (!liveTogether(buffer, *other)) continue;
        if (other->offset - offset >= buffer.size) break;
        offset = std::max(offset, other->offset + other->size);
    }
    return offset;
}

}  // namespace

bool liveTogether(const PlannedBuffer& a, const PlannedBuffer& b) {
    return a.firstOp <= b.lastOp && b.firstOp <= a.lastOp;
}

int64_t placeInOrder(std::vector<PlannedBuffer>& buffers, const std::vector<size_t>& order,
                     int64_t giveUpAt) {
    int64_t end = 0;
    std::vector<const PlannedBuffer*> placed;
    placed.reserve(order.size());
    for (size_t index : order) {
        PlannedBuffer& buffer = buffers[index];
        buffer.offset = lowestFit(buffer, placed);
        end = std::max(end, buffer.offset + buffer.size);
        if (end >= giveUpAt) return end;
        const auto place = std::upper_bound(
            placed.begin(), placed.end(), buffer.offset,
            [](int64_t offset, const PlannedBuffer* other) { return offset < other->offset; });
        placed.insert(place, &buffer);
    }
    return end;
}

}  // namespace memory
