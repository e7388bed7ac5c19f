// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Channel groups: which channels of a graph can be removed, and what must be removed with them.
//
// A unit is the smallest set of elements that can only be removed together: channel 3 of a
// convolution with its weights, its bias, its slice of every later activation and its slice of
// every filter that reads it. Units on the same axes of the same tensors form a group: all channels
// of one convolution, or of all layers that a residual sum joins. Any units of a group may be
// removed as long as one stays.
//
// Groups do not decide which units matter (importance.h), how many stay (width.h) or how they are
// removed (remove_units.h), so that all ways to choose share them.
//
// Ownership: refers to the Graph, which must outlive it. Immutable after construction; many threads
// may read it.

#include <string>
#include <vector>

#include "transform/channels/axis_table.h"

namespace transform {

struct ChannelGroup {
    std::vector<int32_t> units;       ///< in the order of the channels
    std::vector<Producer> producers;  ///< axes of weights with slices for its units
    int32_t tensor = -1;              ///< name: the activation that the first producer writes
    int32_t channelsPerUnit = 1;      ///< of the producing layer with the fewest
    std::string keptBecause;          ///< not empty: reason why nothing may be removed

    bool removable() const { return keptBecause.empty(); }
    int32_t channels() const { return static_cast<int32_t>(units.size()) * channelsPerUnit; }
};

class ChannelGroups {
public:
    static types::Result<ChannelGroups> find(const types::Graph& graph);

    /// In the order of the operators that produce them.
    const std::vector<ChannelGroup>& groups() const { return m_groups; }
    int32_t unitCount() const { return m_unitCount; }
    const AxisTable& axes() const { return m_axes; }
    /// Returns the unit of one element of an axis; -1 for elements without producing weights.
    int32_t unitOf(Axis axis, int32_t i) const {
        return m_unitOfRoot[static_cast<size_t>(m_axes.root(axis, i))];
    }

private:
    explicit ChannelGroups(AxisTable axes) : m_axes(std::move(axes)) {}
    void numberUnits();
    void groupUnits(const types::Graph& graph);
    void assignProducers(const types::Graph& graph, const std::vector<int32_t>& groupOfUnit);
    void measureChannels(const types::Graph& graph, const std::vector<int32_t>& groupOfUnit);

    AxisTable m_axes;
    std::vector<int32_t> m_unitOfRoot;
    std::vector<int32_t> m_rootOfUnit;
    int32_t m_unitCount = 0;
    std::vector<ChannelGroup> m_groups;
};

}  // namespace transform
