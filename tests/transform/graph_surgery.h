// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Helpers of this room's tests: read constants, overwrite slices of them, find groups.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "analysis/count.h"
#include "transform/channels/channel_groups.h"
#include "types/graph.h"
#include "types/variation.h"

namespace surgery {

/// The constant's elements as stored.
template <typename Element>
std::vector<Element> elementsOf(const types::Graph& graph, int32_t tensor) {
    const auto view = graph.constantData(tensor).view();
    std::vector<Element> elements(view.size() / sizeof(Element));
    std::memcpy(elements.data(), view.data(), elements.size() * sizeof(Element));
    return elements;
}

template <typename Element>
void setElements(types::Graph& graph, int32_t tensor, const std::vector<Element>& elements) {
    std::vector<uint8_t> bytes(elements.size() * sizeof(Element));
    std::memcpy(bytes.data(), elements.data(), bytes.size());
    graph.buffers[graph.tensor(tensor).buffer] = types::Bytes(std::move(bytes));
}

/// Makes one slice along an axis all zero bytes: 0 for floats and for symmetric codes.
inline void zeroSlice(types::Graph& graph, int32_t tensor, int32_t axis, int32_t index) {
    const types::Tensor& t = graph.tensor(tensor);
    auto bytes = elementsOf<uint8_t>(graph, tensor);
    size_t chunk = static_cast<size_t>(types::bitsOf(t.type)) / 8;
    for (size_t i = static_cast<size_t>(axis) + 1; i < t.shape.size(); ++i)
        chunk *= static_cast<size_t>(t.shape[i]);
    const size_t row = chunk * static_cast<size_t>(t.shape[static_cast<size_t>(axis)]);
    for (size_t start = static_cast<size_t>(index) * chunk; start < bytes.size(); start += row)
        std::fill_n(bytes.begin() + static_cast<ptrdiff_t>(start), chunk, uint8_t{0});
    setElements(graph, tensor, bytes);
}

inline std::shared_ptr<types::Graph> copyOf(const types::GraphPtr& graph) {
    return std::make_shared<types::Graph>(*graph);
}

/// A Variation of nothing but the width.
inline types::Variation ofWidth(double width, int32_t channelMultiple = 4) {
    types::Variation variation;
    variation.width = width;
    variation.channelMultiple = channelMultiple;
    return variation;
}

inline int64_t macsOf(const types::Graph& graph) {
    int64_t macs = 0;
    for (const auto& counts : analysis::countOps(graph))
        macs += counts.macs;
    return macs;
}

/// The group that operator `op` produces (its first units).
inline const transform::ChannelGroup& groupOf(const transform::ChannelGroups& groups, int32_t op) {
    for (const auto& group : groups.groups())
        for (const auto& producer : group.producers)
            if (producer.op == op) return group;
    ADD_FAILURE() << "operator " << op << " produces no channels";
    return groups.groups().front();
}

inline std::vector<int32_t> producersOf(const transform::ChannelGroup& group) {
    std::vector<int32_t> ops;
    for (const auto& producer : group.producers)
        ops.push_back(producer.op);
    return ops;
}

/// The graph must stay alive as long as the groups are used.
inline transform::ChannelGroups groupsOf(const types::Graph& graph) {
    auto groups = transform::ChannelGroups::find(graph);
    EXPECT_TRUE(groups) << groups.error().message();
    return *groups;
}

}  // namespace surgery
