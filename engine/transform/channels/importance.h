// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Importance: how much each unit of a channel group matters, measured on its weights alone
// (sensitivity.h measures the effect on the outputs).
//
// A measure uses one producing layer at a time, and the real values of the weights that produce the
// unit's channels, so that per-channel scales count. The values of a layer are divided by their
// mean over the group before layers are summed, which gives layers of different size equal weight.
// Sources: L1: Li et al. 2017, "Pruning filters for efficient ConvNets". GeometricMedian: He et al.
// 2019, "Filter pruning via geometric median" (equation 6): the sum of the Euclidean distances to
// all other units; a unit near the median of its layer can be replaced by the others.

#include <vector>

#include "transform/channels/channel_groups.h"
#include "types/variation.h"

namespace transform {

/// One score per unit of a group, in the order of its units; larger matters more.
using GroupScores = std::vector<double>;
/// One entry per group.
using Scores = std::vector<GroupScores>;

/// `measure` is one of L1, L2 and GeometricMedian.
GroupScores weightImportance(const types::Graph& graph, const ChannelGroups& groups,
                             const ChannelGroup& group, types::ImportanceMeasure measure);
/// The same for all groups; scores are 0 in groups that cannot be cut.
Scores weightImportance(const types::Graph& graph, const ChannelGroups& groups,
                        types::ImportanceMeasure measure);

}  // namespace transform
