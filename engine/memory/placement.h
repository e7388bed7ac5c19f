// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Placing buffers one after the other, each at the lowest offset where it fits. What distinguishes
// planners is the order in which they place.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "types/memory_plan.h"

namespace memory {

/// Sets the offset of every buffer, placing them in `order` (indices into `buffers`); gives back
/// the end of the highest. Stops early, with that end, once it reaches `giveUpAt`.
int64_t placeInOrder(std::vector<types::PlannedBuffer>& buffers, const std::vector<size_t>& order,
                     int64_t giveUpAt);

/// Both are alive at one time.
bool liveTogether(const types::PlannedBuffer& a, const types::PlannedBuffer& b);

}  // namespace memory
