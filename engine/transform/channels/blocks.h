// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Blocks: operators between two activations of one shape and type, the entry and the exit, with
// layers among them and no other way in or out. The branches of a residual network with their sum
// are blocks, and so are layers that keep the shape of what they read. A model can do without a
// block: where nothing else reads the entry, its writer writes the exit instead, else the readers
// of the exit read the entry. Recovery then solves the writer or the readers again, so that they
// make up for what the block did.
//
// In a quantized model the writer must be able to give codes of the exit's scale, or both have one
// scale. Operators that keep state or call subgraphs are part of no block.

#include <optional>
#include <vector>

#include "transform/channels/kept_elements.h"
#include "types/graph.h"
#include "types/model_block.h"
#include "types/result.h"
#include "types/variation.h"

namespace transform {

/// Every block that `graph` can do without: for each operator the smallest that ends there.
std::vector<types::ModelBlock> findBlocks(const types::Graph& graph);

/// An Error that lists the blocks of the model as opened where a knob names another one.
types::Result<void> checkBlocks(const types::Graph& graph, const types::Variation& variation);

/// Returns `graph` without the block that ends at the operator with this Op::origin. Activations
/// keep their index, `kept` learns which of them have another writer or other sources, and
/// `changes` what was left out. An Error where no block ends there.
types::Result<types::GraphPtr> dropBlock(const types::Graph& graph, int32_t last,
                                         KeptElements& kept, std::vector<std::string>& changes);

}  // namespace transform
