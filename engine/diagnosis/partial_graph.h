// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Parts of a model as models of their own. Tensors and buffers are shared and keep their indices;
// those that no operator of the part uses are simply not used.

#include <vector>

#include "types/graph.h"

namespace diagnosis {

/// Operators [first, end) of a graph. Inputs are the activations that they need and do not make,
/// in order of their index; outputs are those that the graph's outputs or later operators read.
types::Graph partOf(const types::Graph& graph, size_t first, size_t end);

/// Activations that operator `op` or a later one reads, or that are outputs of the model, and that
/// exist before it: what the part from `op` on needs to know of the part before.
std::vector<int32_t> cutBefore(const types::Graph& graph, size_t op);

/// Inputs of an operator that are neither constants, nor state, nor left out; each once.
std::vector<int32_t> activationInputs(const types::Graph& graph, const types::Op& op);

}  // namespace diagnosis
