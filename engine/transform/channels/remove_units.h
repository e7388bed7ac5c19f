// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// removeUnits(): removes units from a graph: cuts their weights, biases, scales and activations,
// and updates options and operands that state sizes.

#include <vector>

#include "transform/channels/channel_groups.h"
#include "transform/channels/cut_tensor.h"

namespace transform {

/// Returns what remains of the axes of one owner of `groups` without the `removed` units (one flag
/// per unit).
Cut cutOf(const ChannelGroups& groups, int32_t place, const std::vector<bool>& removed);

/// `removed` has one flag per unit of `groups`, which were computed on `graph`; every group must
/// keep a unit. The result shares all unchanged data and has passed validate().
types::Result<types::GraphPtr> removeUnits(const types::Graph& graph, const ChannelGroups& groups,
                                           const std::vector<bool>& removed);

}  // namespace transform
