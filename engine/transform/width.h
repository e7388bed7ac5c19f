// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Width: how many channels of a group stay at a given share. The count is the nearest multiple of
// the variation's channel multiple (halves go up), at least one multiple and never more than there
// are; a group that is smaller than one multiple stays as it is.

#include "transform/channel_groups.h"
#include "transform/importance.h"
#include "types/variation.h"

namespace transform {

/// Number of the group's units that stay.
int32_t keptUnits(const ChannelGroup& group, const types::Variation& variation);

/// Units to remove from one group, one flag per unit: the least important ones, of equal ones the
/// later.
std::vector<bool> leastImportant(const std::vector<double>& importance, int32_t kept);

/// Units to remove from all groups, by unit number; adds a sentence per group to `changes`.
std::vector<bool> chooseByWidth(const types::Graph& graph, const ChannelGroups& groups,
                                const types::Variation& variation, const Importance& importance,
                                std::vector<std::string>& changes);

}  // namespace transform
