// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the strategy Gradient: SoftWidths, the widths of all channel groups as numbers that a
// loss has a gradient by. Banbury et al. 2021 (MicroNets) search widths as a choice among masks;
// here the units of a group are ordered by importance, and one number says how many of them stay:
// unit r of n is multiplied by sigmoid((width x n - r - 1/2) / softness).
//
// Masks act on the activations whose channels are mixed next, so that no scale undoes them.

#include <vector>

#include "learning/network.h"
#include "transform/channels/channel_groups.h"
#include "types/graph.h"

namespace search {

class SoftWidths {
public:
    /// `floats`: the model as floats; must outlive the object. Groups that may lose no channels, or
    /// whose channels nothing mixes, are left out.
    static types::Result<SoftWidths> create(const types::Graph& floats);

    size_t count() const { return m_groups.size(); }
    /// Index in the model as opened of the first layer that makes the group's channels.
    int32_t layer(size_t group) const { return m_groups[group].layer; }

    /// Masks the network's activations; widths lie in (0, 1].
    types::Result<void> apply(learning::Network& network, const std::vector<double>& widths) const;
    /// Derivative of the loss by each width, after backward().
    std::vector<double> gradient(const learning::Network& network,
                                 const std::vector<double>& widths) const;

private:
    struct Group {
        int32_t layer = -1;
        std::vector<int32_t> rankOfUnit;  ///< 0: the most important
    };
    struct Mask {
        int32_t tensor = -1;
        size_t group = 0;
        std::vector<int32_t> rankOfChannel;
    };

    double softness(size_t group) const;

    std::vector<Group> m_groups;
    std::vector<Mask> m_masks;
};

}  // namespace search
