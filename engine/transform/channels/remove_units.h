// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// removeUnits(): takes units out of a graph: cuts the weights, biases, scales and activations they
// stand on, and adapts what spells out sizes.

#include <vector>

#include "transform/channels/channel_groups.h"
#include "transform/channels/cut_tensor.h"

namespace transform {

/// What stays of the axes of one place of `groups` when `removed` (one flag per unit) goes.
Cut cutOf(const ChannelGroups& groups, int32_t owner, const std::vector<bool>& removed);

/// `removed` holds one flag per unit of `groups`, which were found on `graph`; every group must
/// keep a unit. The result shares all data that did not change and has passed validate().
types::Result<types::GraphPtr> removeUnits(const types::Graph& graph, const ChannelGroups& groups,
                                           const std::vector<bool>& removed);

}  // namespace transform
