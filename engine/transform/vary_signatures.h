// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A file with several signatures holds a subgraph for each, and they often share weights. apply()
// varies the explored one; the functions here vary those that share weights with it in the same
// way, so that the file stays one model and the shared weights are stored once.

#include <functional>

#include "transform/apply.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace transform {

/// Varies one graph with the calibration data that fit it; adds to `changes`.
using VaryOne = std::function<types::Result<types::GraphPtr>(const types::GraphPtr& graph,
                                                             const types::Variation& variation,
                                                             std::vector<std::string>& changes)>;

/// Returns `varied` with all other signatures of `original` that share weights with it varied by
/// `vary`; without data that nothing uses any more. An Error where a signature cannot be varied
/// alike; it names the signature.
types::Result<types::GraphPtr> varyOtherSignatures(const types::Graph& original,
                                                   const types::GraphPtr& varied,
                                                   const types::Variation& variation,
                                                   const VaryOne& vary,
                                                   std::vector<std::string>& changes);

/// The samples for another signature, whose inputs may have another batch: the given ones one after
/// the other, cut anew. Null where its inputs have other shapes.
calibration::RealInputsPtr samplesFor(const types::Graph& original, const types::Graph& other,
                                      const calibration::RealInputsPtr& given);

/// The variation for another signature: knobs of layers move to the layers with the same weights,
/// or with the same index where both have the same operators.
types::Variation forSignature(const types::Graph& original, const types::Graph& other,
                              const types::Variation& variation);

}  // namespace transform
