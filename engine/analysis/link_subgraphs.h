// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Links the subgraphs of a model: finds the resource variable behind every handle, gives each graph
// the subgraphs that it calls, and drops those that are damaged.
//
// Handles are followed from VAR_HANDLE through the arguments of IF and WHILE. As in TFLM, the first
// ASSIGN_VARIABLE in the order of the file gives a variable its size and its value at the start.

#include <memory>
#include <vector>

#include "types/graph.h"

namespace analysis {

/// Returns the subgraphs that an operator calls: two of IF and WHILE, one of CALL_ONCE, else none.
std::vector<int32_t> calledSubgraphs(const types::Op& op);

/// `graphs`: the file's subgraphs in order, the main graph first; calls must form no cycle. On
/// return the main graph holds the others; null entries are skipped.
void linkSubgraphs(std::vector<std::shared_ptr<types::Graph>> graphs);

}  // namespace analysis
