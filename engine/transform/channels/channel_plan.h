// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ChannelPlan: how many units of each channel group stay, and why. Width and pruning make plans,
// per layer or over the whole model; unitsToRemove() then picks the units by their scores.
//
// A knob set on a layer acts on the group that this layer produces. Where a residual sum joins
// several layers in one group, the strictest setting holds, and the plan says so.

#include <string>
#include <vector>

#include "transform/channels/importance.h"
#include "types/variation.h"

namespace transform {

struct GroupPlan {
    bool wanted = false;  ///< a knob asks for fewer channels here
    int32_t kept = 0;     ///< units
    std::string note;     ///< which of several settings holds; may be empty
};

/// One entry per group.
using ChannelPlan = std::vector<GroupPlan>;

ChannelPlan planWidth(const types::Graph& graph, const ChannelGroups& groups,
                      const types::Variation& variation);

/// PruneScope::PerLayer: of every group the same share goes. PruneScope::Global: scores are divided
/// by their group's mean so that they compare (sensitivities compare as they are), and the lowest
/// of all go, groups with a setting of their own left aside.
ChannelPlan planPruning(const types::Graph& graph, const ChannelGroups& groups,
                        const types::Variation& variation, const Scores& scores);

/// Units to remove from one group, one flag per unit: the lowest scores, of equal ones the later.
std::vector<bool> leastImportant(const GroupScores& scores, int32_t kept);

/// Units to remove from all groups, by unit number.
std::vector<bool> unitsToRemove(const ChannelGroups& groups, const ChannelPlan& plan,
                                const Scores& scores);

/// A sentence per group that a knob acts on.
void describePlan(const types::Graph& graph, const ChannelGroups& groups, const ChannelPlan& plan,
                  int32_t channelMultiple, std::vector<std::string>& changes);

}  // namespace transform
