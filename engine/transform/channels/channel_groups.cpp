// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/channel_groups.h"

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

#include "transform/channels/dependency.h"

namespace transform {

using types::Graph;
using types::Result;

namespace {

template <typename Visit>
void forEachAxis(const AxisTable& axes, Visit visit) {
    for (size_t owner = 0; owner < axes.owners().size(); ++owner) {
        const auto p = static_cast<int32_t>(owner);
        for (int32_t axis = 0; axis < axes.rank(p); ++axis)
            visit(Axis{p, axis});
    }
}

void fixPorts(const Graph& graph, AxisTable& axes) {
    for (int32_t tensor : graph.inputs)
        axes.fixOwner(tensor, {-1, "they go with the model's input"});
    for (int32_t tensor : graph.outputs)
        axes.fixOwner(tensor, {-1, "they reach the model's output"});
}

/// Numbers every distinct set of axes: a state machine that reads, for each unit, its axes in
/// ascending order.
class AxisSets {
public:
    explicit AxisSets(int32_t units)
        : m_state(static_cast<size_t>(units), 0), m_last(static_cast<size_t>(units), SIZE_MAX) {}

    void add(int32_t unit, size_t axis) {
        const auto u = static_cast<size_t>(unit);
        if (m_last[u] == axis) return;
        m_last[u] = axis;
        const uint64_t key = uint64_t{m_state[u]} << 32 | axis;
        const auto next = static_cast<uint32_t>(m_next.size() + 1);
        m_state[u] = m_next.try_emplace(key, next).first->second;
    }
    uint32_t operator[](int32_t unit) const { return m_state[static_cast<size_t>(unit)]; }

private:
    std::vector<uint32_t> m_state;
    std::vector<size_t> m_last;
    std::unordered_map<uint64_t, uint32_t> m_next;
};

std::string reasonText(const Graph& graph, const Barrier& barrier) {
    if (barrier.op < 0) return barrier.what;
    return types::opLabel(graph, static_cast<size_t>(barrier.op)) + " " + barrier.what;
}

}  // namespace

Result<ChannelGroups> ChannelGroups::find(const Graph& graph) {
    auto axes = AxisTable::create(graph);
    if (!axes) return tl::unexpected(axes.error());
    fixPorts(graph, *axes);
    for (size_t op = 0; op < graph.ops.size(); ++op)
        addDependencies(graph, op, *axes);
    axes->settle();
    ChannelGroups found(std::move(*axes));
    found.numberUnits();
    found.groupUnits(graph);
    return found;
}

void ChannelGroups::numberUnits() {
    m_unitOfRoot.assign(static_cast<size_t>(m_axes.elementCount()), -1);
    for (const Producer& producer : m_axes.producers()) {
        for (int32_t i = 0; i < m_axes.length(producer.axis); ++i) {
            const int32_t root = m_axes.root(producer.axis, i);
            int32_t& unit = m_unitOfRoot[static_cast<size_t>(root)];
            if (unit >= 0) continue;
            unit = m_unitCount++;
            m_rootOfUnit.push_back(root);
        }
    }
}

void ChannelGroups::groupUnits(const Graph& graph) {
    AxisSets sets(m_unitCount);
    forEachAxis(m_axes, [&](Axis axis) {
        for (int32_t i = 0; i < m_axes.length(axis); ++i)
            if (const int32_t unit = unitOf(axis, i); unit >= 0)
                sets.add(unit, m_axes.axisNumber(axis));
    });
    // Units are numbered in the order of producers, and so are groups. Where a barrier fixes only
    // some units of an axis, these form a group of their own.
    std::map<std::pair<uint32_t, const Barrier*>, int32_t> known;
    std::vector<int32_t> groupOfUnit;
    for (int32_t unit = 0; unit < m_unitCount; ++unit) {
        const Barrier* barrier = m_axes.barrier(m_rootOfUnit[static_cast<size_t>(unit)]);
        const auto next = static_cast<int32_t>(m_groups.size());
        const int32_t group = known.try_emplace({sets[unit], barrier}, next).first->second;
        if (group == next) m_groups.emplace_back();
        ChannelGroup& members = m_groups[static_cast<size_t>(group)];
        members.units.push_back(unit);
        if (barrier) members.keptBecause = reasonText(graph, *barrier);
        groupOfUnit.push_back(group);
    }
    assignProducers(graph, groupOfUnit);
    measureChannels(graph, groupOfUnit);
}

void ChannelGroups::assignProducers(const Graph& graph, const std::vector<int32_t>& groupOfUnit) {
    for (const Producer& producer : m_axes.producers()) {
        for (int32_t i = 0; i < m_axes.length(producer.axis); ++i) {
            const auto unit = static_cast<size_t>(unitOf(producer.axis, i));
            ChannelGroup& group = m_groups[static_cast<size_t>(groupOfUnit[unit])];
            if (!group.producers.empty() && group.producers.back().axis == producer.axis) continue;
            group.producers.push_back(producer);
            if (group.tensor < 0)
                group.tensor = graph.ops[static_cast<size_t>(producer.op)].output(0);
        }
    }
}

void ChannelGroups::measureChannels(const Graph& graph, const std::vector<int32_t>& groupOfUnit) {
    std::vector<int32_t> fewest(m_groups.size(), std::numeric_limits<int32_t>::max());
    for (const Producer& producer : m_axes.producers()) {
        const int32_t written = graph.ops[static_cast<size_t>(producer.op)].output(0);
        // Channels are the last axis of a layer's output.
        const Axis axis{written, m_axes.rank(written) - 1};
        std::unordered_map<int32_t, int32_t> elements;
        for (int32_t i = 0; i < m_axes.length(axis); ++i)
            if (const int32_t unit = unitOf(axis, i); unit >= 0)
                ++elements[groupOfUnit[static_cast<size_t>(unit)]];
        for (const auto& [group, count] : elements) {
            const auto g = static_cast<size_t>(group);
            fewest[g] = std::min(fewest[g], count / static_cast<int32_t>(m_groups[g].units.size()));
        }
    }
    for (size_t g = 0; g < m_groups.size(); ++g)
        if (fewest[g] >= 1 && fewest[g] < std::numeric_limits<int32_t>::max())
            m_groups[g].channelsPerUnit = fewest[g];
}

}  // namespace transform
