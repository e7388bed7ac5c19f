// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Recovery without labels: after channels or blocks were removed, solves the weights and biases of
// each later layer again by least squares (clamped_least_squares.h), so that on samples its outputs
// approximate those of the original layer. Layers are processed in order of execution: inputs come
// from the narrowed and so far recovered model, targets from the original one, so a layer also
// compensates for what the layers before it could not. Source: He et al. 2017, "Channel pruning for
// accelerating very deep neural networks", and Luo et al. 2017, "ThiNet"; here with clamped
// targets, a ridge chosen on held-out samples, and depthwise layers too.
//
// Quantized models are solved on real values. Scales of activations stay, weights get new symmetric
// scales of the same granularity, and biases follow (layer_weights.h). A layer is changed only
// where its error on the held-out samples falls, rounding included.

#include "transform/apply.h"
#include "transform/channels/kept_elements.h"

namespace transform {

/// `narrowed` is `original` without some channels or blocks; `kept` states what remains. Both must
/// be runnable. Uses the samples of `context`, or random ones where it has none; adds a sentence
/// per layer to `changes`.
types::Result<types::GraphPtr> recover(const types::Graph& original,
                                       const types::GraphPtr& narrowed, const KeptElements& kept,
                                       const ApplyContext& context,
                                       std::vector<std::string>& changes);

}  // namespace transform
