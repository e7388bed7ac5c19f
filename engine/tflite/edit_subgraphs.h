// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Edits that concern several subgraphs of a file: they are made in the container, which knows all
// references between subgraphs, and the result is read again. Operators of the first subgraph,
// which is the explored one, keep their Op::origin.

#include <vector>

#include "types/bytes.h"
#include "types/graph.h"
#include "types/result.h"

namespace tflite {

/// Returns a model's bytes with a subgraph moved to the front. The container must be sound.
types::Bytes withFirst(const types::Bytes& model, int32_t subgraph);

/// Returns the first subgraph in a file of its own: with the subgraphs that it calls, without other
/// signatures and the data that only they used.
types::Result<types::GraphPtr> withoutOtherSignatures(const types::Graph& graph);

/// Drops subgraphs that no operator calls and that are none of `entries`, the signatures of the
/// file before operators lost their calls.
types::Result<types::GraphPtr> withoutUncalled(const types::Graph& graph,
                                               const std::vector<types::Signature>& entries);

/// Returns the graph of another signature of the file that `graph` would be written to.
types::Result<types::GraphPtr> otherSignature(const types::Graph& graph,
                                              const types::Signature& signature);

/// A varied graph that otherSignature() gave.
struct VariedSubgraph {
    int32_t index = 0;  ///< Signature::subgraph
    types::GraphPtr graph;
};

/// Returns `varied` with further subgraphs of the file replaced by `others`. Equal data are stored
/// once, and data of the original that nothing uses any more are dropped.
types::Result<types::GraphPtr> joined(const types::Graph& original, const types::Graph& varied,
                                      const std::vector<VariedSubgraph>& others);

}  // namespace tflite
