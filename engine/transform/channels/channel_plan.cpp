// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/channel_plan.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "transform/channels/width.h"

namespace transform {

using types::Graph;
using types::ImportanceMeasure;
using types::LayerKnobs;
using types::PruneScope;
using types::Variation;

namespace {

/// Share of channels that a layer's own knob keeps; empty where it has none.
using ShareOfLayer = std::optional<double> (*)(const LayerKnobs&);

std::optional<double> widthOf(const LayerKnobs& knobs) {
    return knobs.width;
}
std::optional<double> unprunedOf(const LayerKnobs& knobs) {
    if (!knobs.pruneChannels) return std::nullopt;
    return 1 - *knobs.pruneChannels;
}

struct OwnShare {
    double kept = 1;
    std::string note;
};

/// The strictest setting among the layers that produce a group.
std::optional<OwnShare> ownShare(const Graph& graph, const ChannelGroup& group,
                                 const Variation& variation, ShareOfLayer shareOf) {
    std::optional<OwnShare> own;
    size_t strictest = 0, settings = 0;
    for (const Producer& producer : group.producers) {
        const auto op = static_cast<size_t>(producer.op);
        const auto layer = variation.layers.find(graph.ops[op].origin);
        const auto share = layer == variation.layers.end() ? std::nullopt : shareOf(layer->second);
        if (!share) continue;
        ++settings;
        if (own && own->kept <= *share) continue;
        own = OwnShare{*share, {}};
        strictest = op;
    }
    if (settings > 1)
        own->note = "the strictest of " + std::to_string(settings) + " settings, that of " +
                    types::opLabel(graph, strictest) + ", holds";
    return own;
}

ChannelPlan planShares(const Graph& graph, const ChannelGroups& groups, const Variation& variation,
                       double share, ShareOfLayer shareOf) {
    ChannelPlan plan;
    for (const ChannelGroup& group : groups.groups()) {
        const auto own = ownShare(graph, group, variation, shareOf);
        const double kept = own ? own->kept : share;
        GroupPlan entry;
        entry.wanted = own.has_value() || share != 1;
        entry.kept = entry.wanted ? keptUnits(group, kept, variation.channelMultiple)
                                  : static_cast<int32_t>(group.units.size());
        if (own) entry.note = own->note;
        plan.push_back(std::move(entry));
    }
    return plan;
}

/// A unit, ranked among the units of all groups.
struct Ranked {
    double score;
    size_t group;
};

double divisorOf(const GroupScores& scores, ImportanceMeasure measure) {
    if (measure == ImportanceMeasure::Sensitivity || measure == ImportanceMeasure::Similarity)
        return 1;
    const double mean = std::accumulate(scores.begin(), scores.end(), 0.0) /
                        static_cast<double>(std::max<size_t>(scores.size(), 1));
    return mean > 0 ? mean : 1;
}

/// Per group: number of its units among the lowest `share` of the channels of all groups that
/// `taking` includes.
std::vector<int32_t> lowestOfAll(const ChannelGroups& groups, const std::vector<bool>& takesPart,
                                 const Variation& variation, const Scores& scores) {
    std::vector<Ranked> ranked;
    int64_t channels = 0;
    for (size_t g = 0; g < groups.groups().size(); ++g) {
        if (!takesPart[g]) continue;
        const double divisor =
            divisorOf(scores[g], variation.prune.measure.value_or(ImportanceMeasure::L1));
        for (double score : scores[g])
            ranked.push_back({score / divisor, g});
        channels += groups.groups()[g].channels();
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Ranked& a, const Ranked& b) { return a.score < b.score; });
    std::vector<int32_t> lowest(groups.groups().size(), 0);
    double left = variation.prune.channels * static_cast<double>(channels);
    for (const Ranked& unit : ranked) {
        left -= groups.groups()[unit.group].channelsPerUnit;
        if (left < 0) break;
        ++lowest[unit.group];
    }
    return lowest;
}

std::string countText(int32_t channels) {
    return std::to_string(channels) + (channels == 1 ? " channel" : " channels");
}

std::string sentence(const Graph& graph, const ChannelGroup& group, const GroupPlan& plan,
                     int32_t channelMultiple) {
    const std::string where = types::tensorLabel(graph, group.tensor);
    const std::string all = countText(group.channels());
    if (!group.removable()) return "kept " + all + " of " + where + ": " + group.keptBecause;
    const int32_t channels = plan.kept * group.channelsPerUnit;
    if (channels == group.channels())
        return "kept " + all + " of " + where + ": counts are multiples of " +
               std::to_string(channelMultiple);
    const size_t layers = group.producers.size();
    std::string text =
        where + ": " + std::to_string(group.channels()) + " -> " + countText(channels);
    if (layers > 1) text += ", made by " + std::to_string(layers) + " layers together";
    if (!plan.note.empty()) text += "; " + plan.note;
    return text;
}

}  // namespace

ChannelPlan planWidth(const Graph& graph, const ChannelGroups& groups, const Variation& variation) {
    return planShares(graph, groups, variation, variation.width, widthOf);
}

ChannelPlan planPruning(const Graph& graph, const ChannelGroups& groups, const Variation& variation,
                        const Scores& scores) {
    const double share = 1 - variation.prune.channels;
    ChannelPlan plan = planShares(graph, groups, variation, share, unprunedOf);
    if (variation.prune.scope != PruneScope::Global || variation.prune.channels == 0) return plan;
    std::vector<bool> takesPart;
    for (const ChannelGroup& group : groups.groups())
        takesPart.push_back(group.removable() && !ownShare(graph, group, variation, unprunedOf));
    const auto lowest = lowestOfAll(groups, takesPart, variation, scores);
    for (size_t g = 0; g < plan.size(); ++g) {
        if (!takesPart[g]) continue;
        const ChannelGroup& group = groups.groups()[g];
        const double gone = lowest[g] / static_cast<double>(group.units.size());
        plan[g].kept = keptUnits(group, 1 - gone, variation.channelMultiple);
    }
    return plan;
}

std::vector<int32_t> unitsKept(const Graph& graph, const ChannelGroups& groups,
                               const Variation& variation) {
    const ChannelPlan widths = planWidth(graph, groups, variation);
    std::vector<int32_t> kept, pruned;
    for (size_t g = 0; g < widths.size(); ++g) {
        ChannelGroup group = groups.groups()[g];
        if (group.removable()) group.units.resize(static_cast<size_t>(widths[g].kept));
        kept.push_back(static_cast<int32_t>(group.units.size()));
        const auto own = ownShare(graph, group, variation, unprunedOf);
        const double share = own ? own->kept : 1 - variation.prune.channels;
        const bool prunes = group.removable() && (own || variation.prune.channels != 0);
        pruned.push_back(prunes ? keptUnits(group, share, variation.channelMultiple) : kept.back());
    }
    kept.insert(kept.end(), pruned.begin(), pruned.end());
    return kept;
}

std::vector<bool> leastImportant(const GroupScores& scores, int32_t kept) {
    std::vector<size_t> order(scores.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return scores[a] > scores[b]; });
    std::vector<bool> removed(scores.size(), false);
    for (size_t i = static_cast<size_t>(kept); i < order.size(); ++i)
        removed[order[i]] = true;
    return removed;
}

std::vector<bool> unitsToRemove(const ChannelGroups& groups, const ChannelPlan& plan,
                                const Scores& scores) {
    std::vector<bool> removed(static_cast<size_t>(groups.unitCount()), false);
    for (size_t g = 0; g < plan.size(); ++g) {
        const ChannelGroup& group = groups.groups()[g];
        if (!group.removable()) continue;
        const auto chosen = leastImportant(scores[g], plan[g].kept);
        for (size_t i = 0; i < chosen.size(); ++i)
            removed[static_cast<size_t>(group.units[i])] = chosen[i];
    }
    return removed;
}

void describePlan(const Graph& graph, const ChannelGroups& groups, const ChannelPlan& plan,
                  int32_t channelMultiple, std::vector<std::string>& changes) {
    for (size_t g = 0; g < plan.size(); ++g)
        if (plan[g].wanted)
            changes.push_back(sentence(graph, groups.groups()[g], plan[g], channelMultiple));
}

}  // namespace transform
