// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/width.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transform {

using types::Graph;
using types::Variation;

int32_t keptUnits(const ChannelGroup& group, const Variation& variation) {
    const auto all = static_cast<int32_t>(group.units.size());
    // Several channels a unit: the step in units whose channels are a multiple.
    const int32_t step =
        variation.channelMultiple / std::gcd(variation.channelMultiple, group.channelsPerUnit);
    if (all < step) return all;
    const auto steps = static_cast<int32_t>(std::lround(all * variation.width / step));
    return std::min(all, std::max(1, steps) * step);
}

std::vector<bool> leastImportant(const std::vector<double>& importance, int32_t kept) {
    std::vector<size_t> order(importance.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return importance[a] > importance[b]; });
    std::vector<bool> removed(importance.size(), false);
    for (size_t i = static_cast<size_t>(kept); i < order.size(); ++i)
        removed[order[i]] = true;
    return removed;
}

namespace {

std::string countText(int32_t channels) {
    return std::to_string(channels) + (channels == 1 ? " channel" : " channels");
}

std::string sentence(const Graph& graph, const ChannelGroup& group, int32_t kept,
                     const Variation& variation) {
    const std::string where = types::tensorLabel(graph, group.tensor);
    const std::string all = countText(group.channels());
    if (!group.removable()) return "kept " + all + " of " + where + ": " + group.keptBecause;
    const int32_t channels = kept * group.channelsPerUnit;
    if (channels == group.channels())
        return "kept " + all + " of " + where + ": counts are multiples of " +
               std::to_string(variation.channelMultiple);
    const size_t layers = group.producers.size();
    std::string text =
        where + ": " + std::to_string(group.channels()) + " -> " + countText(channels);
    if (layers > 1) text += ", made by " + std::to_string(layers) + " layers together";
    return text;
}

}  // namespace

std::vector<bool> chooseByWidth(const Graph& graph, const ChannelGroups& groups,
                                const Variation& variation, const Importance& importance,
                                std::vector<std::string>& changes) {
    std::vector<bool> removed(static_cast<size_t>(groups.unitCount()), false);
    for (const ChannelGroup& group : groups.groups()) {
        const int32_t kept = keptUnits(group, variation);
        changes.push_back(sentence(graph, group, kept, variation));
        if (!group.removable() || kept == static_cast<int32_t>(group.units.size())) continue;
        const auto chosen = leastImportant(importance(graph, groups, group), kept);
        for (size_t i = 0; i < chosen.size(); ++i)
            removed[static_cast<size_t>(group.units[i])] = chosen[i];
    }
    return removed;
}

}  // namespace transform
