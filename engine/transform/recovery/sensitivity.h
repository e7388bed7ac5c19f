// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sensitivity: the first-order effect of removing a unit on the model's scores, measured on data
// without labels.
//
// With a(p) the activations of a unit's channel at positions p of one sample and g_k(p) the
// gradient of score k there, removing the channel changes the score by about -sum_p a(p) g_k(p),
// the first term of the Taylor series (Molchanov et al. 2017, "Pruning convolutional neural
// networks for resource efficient inference", equation 7). Their loss needs labels; ours is the
// squared change of all scores, sum_k (sum_p a(p) g_k(p))^2, averaged over samples. Instead of one
// reverse pass per score, the expectation over random signs r_k is used: E[(sum_p a(p) sum_k r_k
// g_k(p))^2] is the same number (Hutchinson 1990). Where several activations contain a unit, the
// largest value counts. First order ignores interactions of units that are removed together.

#include "transform/apply.h"
#include "transform/channels/importance.h"

namespace transform {

/// Returns the scores of all groups. Uses at most 32 samples of `context`, or random ones where it
/// has none, and reports which in `changes`. Returns an Error where the model cannot run, or where
/// an operator without a derivative rule lies between removable channels and the scores; the Error
/// names it.
types::Result<Scores> sensitivity(const types::Graph& graph, const ChannelGroups& groups,
                                  const ApplyContext& context, std::vector<std::string>& changes);

}  // namespace transform
