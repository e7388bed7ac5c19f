// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// In place: an operator writes its first output over an input that nobody reads afterwards, where
// its kernel computes correctly so. The input hands its place over; a row of such operators needs
// one place, which shrinks where an output is shorter than its input. Kernels of our own runtime
// state where they allow it (lowering/requirements.h); TFLM's kernels promise nothing of the kind.

#include "memory/greedy_planner.h"

namespace memory {

/// Per operator, the tensors over which its kernel may write its first output, should they die
/// there.
using Overwritable = std::vector<std::vector<int32_t>>;

/// Which input gives its place where several could: it decides nothing about the sum of bytes
/// alive, but about how well the places can be packed.
enum class Giver { OldestInput, NewestInput };

/// Sets PlannedBuffer::overwrites of every output that may lie over an input: one that lives in
/// the arena, is read last by that operator, is no output of the model, and is as long or longer.
/// `buffers`: plannedBuffers() of the graph. Returns how many were set.
int markOverwrites(const types::Graph& graph, const Overwritable& overwritable, Giver giver,
                   std::vector<types::PlannedBuffer>& buffers);

Overwritable withOrder(const Overwritable& overwritable, const std::vector<int32_t>& order);

}  // namespace memory
