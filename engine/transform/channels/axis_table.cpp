// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/axis_table.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace transform {

using types::fail;
using types::Graph;
using types::Result;

namespace {

/// Bounds the memory of the table to about half a gigabyte.
constexpr int64_t kMaxElements = int64_t{1} << 26;

int64_t axisElements(const Graph& graph, const std::vector<AxisOwner>& owners) {
    int64_t total = 0;
    for (const AxisOwner& owner : owners)
        for (int32_t dimension : graph.tensor(owner.tensor).shape)
            total += dimension;
    return total;
}

bool isPlainConstant(const Graph& graph, int32_t tensor) {
    return graph.isConstant(tensor) && !graph.tensor(tensor).isVariable;
}

}  // namespace

Result<AxisTable> AxisTable::create(const Graph& graph) {
    AxisTable table;
    table.m_graph = &graph;
    for (int32_t i = 0; i < static_cast<int32_t>(graph.tensors.size()); ++i)
        table.m_owners.push_back({i});
    for (size_t op = 0; op < graph.ops.size(); ++op) {
        table.m_firstUse.push_back(table.m_operandPlaces.size());
        const auto& inputs = graph.ops[op].inputs;
        for (size_t operand = 0; operand < inputs.size(); ++operand) {
            int32_t owner = inputs[operand];
            if (owner >= 0 && isPlainConstant(graph, owner)) {
                table.m_owners.push_back(
                    {owner, static_cast<int32_t>(op), static_cast<int32_t>(operand)});
                owner = static_cast<int32_t>(table.m_owners.size()) - 1;
            }
            table.m_operandPlaces.push_back(owner);
        }
    }
    if (axisElements(graph, table.m_owners) > kMaxElements)
        return fail("the tensors are too long to track their channels", graph.name,
                    "width variations are for models that fit a microcontroller");
    for (const AxisOwner& owner : table.m_owners)
        table.addOwner(owner);
    return table;
}

void AxisTable::addOwner(AxisOwner owner) {
    m_firstAxis.push_back(m_firstNode.size());
    for (int32_t dimension : m_graph->tensor(owner.tensor).shape) {
        const auto first = static_cast<int32_t>(m_parents.size());
        m_firstNode.push_back(first);
        const auto end = m_parents.size() + static_cast<size_t>(dimension);
        m_parents.resize(end);
        std::iota(m_parents.begin() + first, m_parents.end(), first);
        m_barrierOf.resize(end, -1);
        m_produced.resize(end, false);
    }
}

int32_t AxisTable::inputPlace(size_t op, size_t operand) const {
    if (operand >= m_graph->ops[op].inputs.size()) return -1;
    return m_operandPlaces[m_firstUse[op] + operand];
}

const types::Shape& AxisTable::shape(int32_t owner) const {
    return m_graph->tensor(m_owners[static_cast<size_t>(owner)].tensor).shape;
}

int32_t AxisTable::length(Axis axis) const {
    return shape(axis.owner)[static_cast<size_t>(axis.axis)];
}

size_t AxisTable::axisNumber(Axis axis) const {
    return m_firstAxis[static_cast<size_t>(axis.owner)] + static_cast<size_t>(axis.axis);
}

int32_t AxisTable::find(int32_t node) const {
    auto parent = [this](int32_t i) -> int32_t& { return m_parents[static_cast<size_t>(i)]; };
    while (parent(node) != node) {
        const int32_t next = parent(parent(node));
        if (parent(node) != next) parent(node) = next;
        node = next;
    }
    return node;
}

void AxisTable::settle() {
    // A parent has a lower number, so its own is a root already.
    for (int32_t& parent : m_parents)
        parent = m_parents[static_cast<size_t>(parent)];
}

int32_t AxisTable::root(Axis axis, int32_t i) const {
    return find(m_firstNode[axisNumber(axis)] + i);
}

void AxisTable::tie(Axis a, int32_t i, Axis b, int32_t j) {
    const auto [low, high] = std::minmax({root(a, i), root(b, j)});
    if (low == high) return;
    const auto kept = static_cast<size_t>(low), merged = static_cast<size_t>(high);
    m_parents[merged] = low;
    if (m_produced[merged]) m_produced[kept] = true;
    // Of two barriers, reports the earlier one.
    if (m_barrierOf[kept] < 0 ||
        (m_barrierOf[merged] >= 0 && m_barrierOf[merged] < m_barrierOf[kept]))
        m_barrierOf[kept] = m_barrierOf[merged];
}

void AxisTable::tie(Axis a, Axis b, const Barrier& otherwise) {
    if (length(a) != length(b)) {
        fix(a, otherwise);
        fix(b, otherwise);
        return;
    }
    for (int32_t i = 0; i < length(a); ++i)
        tie(a, i, b, i);
}

void AxisTable::fix(Axis axis, const Barrier& barrier) {
    m_barriers.push_back(barrier);
    const auto index = static_cast<int32_t>(m_barriers.size()) - 1;
    for (int32_t i = 0; i < length(axis); ++i) {
        int32_t& known = m_barrierOf[static_cast<size_t>(root(axis, i))];
        if (known < 0) known = index;
    }
}

void AxisTable::fixOwner(int32_t owner, const Barrier& barrier) {
    if (owner < 0) return;
    for (int32_t axis = 0; axis < rank(owner); ++axis)
        fix({owner, axis}, barrier);
}

void AxisTable::markProduced(Axis axis, size_t op) {
    if (axis.axis >= rank(axis.owner)) return;
    for (int32_t i = 0; i < length(axis); ++i)
        m_produced[static_cast<size_t>(root(axis, i))] = true;
    m_producers.push_back({axis, static_cast<int32_t>(op)});
}

const Barrier* AxisTable::barrier(int32_t root) const {
    const int32_t index = m_barrierOf[static_cast<size_t>(root)];
    return index < 0 ? nullptr : &m_barriers[static_cast<size_t>(index)];
}

bool AxisTable::mayShrink(Axis axis) const {
    for (int32_t i = 0; i < length(axis); ++i) {
        const int32_t set = root(axis, i);
        if (isProduced(set) && !barrier(set)) return true;
    }
    return false;
}

}  // namespace transform
