// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Places buffers one after the other, each at the lowest offset where it fits. Planners differ only
// in the order in which they place.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "types/memory_plan.h"

namespace memory {

/// A buffer followed by the buffers that overwrite it in turn (PlannedBuffer::overwrites), as
/// indices of buffers; most chains hold one. All share one offset, so a chain is placed as a whole.
using Chain = std::vector<size_t>;

/// Returns the chains, in the order of their first buffers.
std::vector<Chain> chainsOf(const std::vector<types::PlannedBuffer>& buffers);

/// Sets the offset of every buffer, placing chains in `order` (indices into `chains`). Returns the
/// end of the highest buffer; stops early once the end reaches `giveUpAt`.
int64_t placeInOrder(std::vector<types::PlannedBuffer>& buffers, const std::vector<Chain>& chains,
                     const std::vector<size_t>& order, int64_t giveUpAt);

/// True where both are alive at some time.
bool liveTogether(const types::PlannedBuffer& a, const types::PlannedBuffer& b);

}  // namespace memory
