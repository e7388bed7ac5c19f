// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// In-place planning: an operator writes its first output over an input that no later operator
// reads, where its kernel computes correctly that way. The output takes over the input's offset,
// and a sequence of such operators needs one region, which shrinks where an output is shorter than
// its input. Kernels of our own runtime state where they allow it (lowering/requirements.h); TFLM's
// kernels give no such guarantee.

#include "memory/greedy_planner.h"

namespace memory {

/// Per operator: the tensors that its kernel may overwrite with its first output, provided that
/// they die at this operator.
using Overwritable = std::vector<std::vector<int32_t>>;

/// Which input is overwritten where several could be. The choice does not change the sum of bytes
/// alive, but how well the buffers can be packed.
enum class Giver { OldestInput, NewestInput };

/// Sets PlannedBuffer::overwrites of every output that may lie over an input. Such an input lives
/// in the arena, is last read by this operator, is no model output, and is at least as long as the
/// output. `buffers`: plannedBuffers() of the graph. Returns the number of outputs set.
int markOverwrites(const types::Graph& graph, const Overwritable& overwritable, Giver giver,
                   std::vector<types::PlannedBuffer>& buffers);

Overwritable withOrder(const Overwritable& overwritable, const std::vector<int32_t>& order);

}  // namespace memory
