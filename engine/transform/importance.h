// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Importance: how much a unit of a channel group matters. Measures share this form, so that whoever
// removes channels can be given any of them.

#include <functional>
#include <vector>

#include "transform/channel_groups.h"

namespace transform {

/// One number per unit of the group, in the order of its units; larger matters more.
using Importance = std::function<std::vector<double>(const types::Graph&, const ChannelGroups&,
                                                     const ChannelGroup&)>;

/// L1 norm of the weights that produce the unit's channels (real values, so that per-channel scales
/// count). The norms of each producing layer are divided by their mean over the group before they
/// are summed: layers of different size then have an equal say.
/// Source: Li et al. 2017, "Pruning filters for efficient ConvNets", for a single layer.
std::vector<double> l1Importance(const types::Graph& graph, const ChannelGroups& groups,
                                 const ChannelGroup& group);

}  // namespace transform
