// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Parts of a model as models. Tensors and buffers are shared and keep their indices; the part has
// no operator that uses the remaining ones.

#include <vector>

#include "types/graph.h"

namespace diagnosis {

/// Returns operators [first, end) as a graph. Its inputs are the activations that the operators
/// read and do not compute, in order of index; its outputs are those that the graph's outputs or
/// later operators read.
types::Graph partOf(const types::Graph& graph, size_t first, size_t end);

/// Returns the activations computed before operator `op` that `op` or a later operator reads, or
/// that are outputs of the model: everything that the part from `op` on needs.
std::vector<int32_t> cutBefore(const types::Graph& graph, size_t op);

/// Returns the inputs of an operator that are neither constants, variables nor absent; each once.
std::vector<int32_t> activationInputs(const types::Graph& graph, const types::Op& op);

/// True for an operator that shares state with others: it names, reads or writes a resource
/// variable, or calls a subgraph. It computes the same only inside the whole model.
bool sharesState(const types::Op& op);

}  // namespace diagnosis
