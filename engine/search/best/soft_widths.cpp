// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/soft_widths.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "transform/channels/importance.h"

namespace search {

using namespace types;
using transform::ChannelGroups;

namespace {

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}

/// Rank of each unit of a group by its score, the greatest first.
std::vector<int32_t> ranksOf(const transform::GroupScores& scores) {
    std::vector<size_t> order(scores.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return scores[a] > scores[b]; });
    std::vector<int32_t> ranks(scores.size());
    for (size_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = static_cast<int32_t>(rank);
    return ranks;
}

bool mixesChannels(OpKind kind) {
    return kind == OpKind::CONV_2D || kind == OpKind::FULLY_CONNECTED;
}

}  // namespace

Result<SoftWidths> SoftWidths::create(const Graph& floats) {
    const auto groups = ChannelGroups::find(floats);
    if (!groups) return tl::unexpected(groups.error());
    const auto scores = transform::weightImportance(floats, *groups, ImportanceMeasure::L1);
    SoftWidths widths;
    // Per unit of the graph: its group here and its rank there.
    std::vector<std::pair<int32_t, int32_t>> places(static_cast<size_t>(groups->unitCount()),
                                                    {-1, 0});
    for (size_t g = 0; g < groups->groups().size(); ++g) {
        const transform::ChannelGroup& group = groups->groups()[g];
        if (!group.removable() || group.producers.empty()) continue;
        const auto ranks = ranksOf(scores[g]);
        for (size_t i = 0; i < group.units.size(); ++i)
            places[static_cast<size_t>(group.units[i])] = {
                static_cast<int32_t>(widths.m_groups.size()), ranks[i]};
        const auto producer = static_cast<size_t>(group.producers[0].op);
        widths.m_groups.push_back({floats.ops[producer].origin, ranks});
    }
    std::set<int32_t> masked;
    for (const Op& op : floats.ops) {
        const int32_t input = op.input(0);
        if (!mixesChannels(op.kind) || input < 0 || !masked.insert(input).second) continue;
        const Shape& shape = floats.tensor(input).shape;
        if (shape.empty()) continue;
        Mask mask;
        mask.tensor = input;
        bool isWhole = true;
        const auto last = static_cast<int32_t>(shape.size()) - 1;
        for (int32_t c = 0; c < shape.back() && isWhole; ++c) {
            const int32_t unit = groups->unitOf({input, last}, c);
            const auto place =
                unit < 0 ? std::pair<int32_t, int32_t>{-1, 0} : places[static_cast<size_t>(unit)];
            isWhole =
                place.first >= 0 && (c == 0 || place.first == static_cast<int32_t>(mask.group));
            if (isWhole) mask.group = static_cast<size_t>(place.first);
            mask.rankOfChannel.push_back(place.second);
        }
        if (isWhole) widths.m_masks.push_back(std::move(mask));
    }
    if (widths.m_masks.empty())
        return fail("has no channels that may be removed", floats.name, "search another way");
    return widths;
}

/// Wide enough that several units feel the number, narrow enough that the others are on or off.
double SoftWidths::softness(size_t group) const {
    return std::max(0.5, 0.05 * static_cast<double>(m_groups[group].rankOfUnit.size()));
}

Result<void> SoftWidths::apply(learning::Network& network,
                               const std::vector<double>& widths) const {
    for (const Mask& mask : m_masks) {
        const auto units = static_cast<double>(m_groups[mask.group].rankOfUnit.size());
        std::vector<float> values;
        for (int32_t rank : mask.rankOfChannel)
            values.push_back(static_cast<float>(
                sigmoid((widths[mask.group] * units - rank - 0.5) / softness(mask.group))));
        if (auto set = network.maskChannels(mask.tensor, values); !set) return set;
    }
    return {};
}

std::vector<double> SoftWidths::gradient(const learning::Network& network,
                                         const std::vector<double>& widths) const {
    std::vector<double> sums(m_groups.size(), 0.0);
    for (const Mask& mask : m_masks) {
        const auto gradient = network.maskGradient(mask.tensor);
        const auto units = static_cast<double>(m_groups[mask.group].rankOfUnit.size());
        const double soft = softness(mask.group);
        for (size_t c = 0; c < mask.rankOfChannel.size(); ++c) {
            const double value =
                sigmoid((widths[mask.group] * units - mask.rankOfChannel[c] - 0.5) / soft);
            sums[mask.group] +=
                static_cast<double>(gradient[c]) * value * (1 - value) * units / soft;
        }
    }
    return sums;
}

}  // namespace search
