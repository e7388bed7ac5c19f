// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Placing buffers one after the other, each at the lowest offset where it fits. What distinguishes
// planners is the order in which they place.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "types/memory_plan.h"

namespace memory {

/// A buffer and those that take over its place one after the other (PlannedBuffer::overwrites), as
/// indices of buffers; most stand alone. All lie at one offset, so a chain is placed as a whole.
using Chain = std::vector<size_t>;

/// The chains in the order of their first buffers.
std::vector<Chain> chainsOf(const std::vector<types::PlannedBuffer>& buffers);

/// Sets the offset of every buffer, placing chains in `order` (indices into `chains`); gives back
/// the end of the highest. Stops early, with that end, once it reaches `giveUpAt`.
int64_t placeInOrder(std::vector<types::PlannedBuffer>& buffers, const std::vector<Chain>& chains,
                     const std::vector<size_t>& order, int64_t giveUpAt);

/// Both are alive at one time.
bool liveTogether(const types::PlannedBuffer& a, const types::PlannedBuffer& b);

}  // namespace memory
