// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Compares what a model computed on a board with what it computes on this machine.

#include <cstdint>
#include <map>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace runners {

/// CRC-32 of tensors, by index.
using Checksums = std::map<int32_t, uint32_t>;

/// Returns an Error that names the first operator of `ops`, in the order of execution, with another
/// output. Outputs of floats are not compared: a core may fuse their operations. `board`: "the
/// emulated board".
types::Result<void> compareOutputs(const types::Graph& graph, const std::vector<int32_t>& ops,
                                   const Checksums& expected, const Checksums& found,
                                   const char* board);

}  // namespace runners
