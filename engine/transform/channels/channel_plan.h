// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ChannelPlan: how many units of each channel group stay, and why. Width and pruning make plans,
// per layer or over the whole model; unitsToRemove() then selects the units by their scores.
//
// A knob set on a layer acts on the group that this layer produces. Where a residual sum joins
// several layers in one group, the strictest setting applies, and the plan notes this.

#include <string>
#include <vector>

#include "transform/channels/importance.h"
#include "types/variation.h"

namespace transform {

struct GroupPlan {
    bool wanted = false;  ///< a knob requests fewer channels here
    int32_t kept = 0;     ///< units that stay
    std::string note;     ///< which of several settings applies; may be empty
};

/// One entry per group.
using ChannelPlan = std::vector<GroupPlan>;

ChannelPlan planWidth(const types::Graph& graph, const ChannelGroups& groups,
                      const types::Variation& variation);

/// PruneScope::PerLayer removes the same share of every group. PruneScope::Global divides scores by
/// their group's mean to make them comparable (sensitivities are comparable already) and removes
/// the lowest of all, except in groups with their own setting.
ChannelPlan planPruning(const types::Graph& graph, const ChannelGroups& groups,
                        const types::Variation& variation, const Scores& scores);

/// Returns the units of each group that stay after width and then PruneScope::PerLayer, without
/// removing any: width first, one count a group, then pruning.
std::vector<int32_t> unitsKept(const types::Graph& graph, const ChannelGroups& groups,
                               const types::Variation& variation);

/// Returns one flag per unit of a group; true: remove. Removes the lowest scores, of equal ones the
/// later.
std::vector<bool> leastImportant(const GroupScores& scores, int32_t kept);

/// Returns one flag per unit over all groups; true: remove.
std::vector<bool> unitsToRemove(const ChannelGroups& groups, const ChannelPlan& plan,
                                const Scores& scores);

/// Adds a sentence per group that a knob acts on.
void describePlan(const types::Graph& graph, const ChannelGroups& groups, const ChannelPlan& plan,
                  int32_t channelMultiple, std::vector<std::string>& changes);

}  // namespace transform
