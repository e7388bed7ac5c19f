// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/space/distinct.h"

#include <algorithm>

#include "transform/apply.h"
#include "transform/channels/channel_plan.h"
#include "transform/document/variation_file.h"

namespace search {

using namespace types;

/// The groups of a graph; empty where they cannot be found.
struct DistinctKeys::Channels {
    GraphPtr graph;
    std::optional<transform::ChannelGroups> groups;
};

namespace {

/// All channels of every group, twice: after width and after pruning.
bool keepsAll(const std::vector<int32_t>& kept, const transform::ChannelGroups& groups) {
    const size_t count = groups.groups().size();
    for (size_t i = 0; i < kept.size(); ++i)
        if (kept[i] != static_cast<int32_t>(groups.groups()[i % count].units.size())) return false;
    return true;
}

void resetChannels(Variation& variation) {
    variation.width = 1;
    variation.prune.channels = 0;
    for (auto& [index, layer] : variation.layers) {
        layer.width.reset();
        layer.pruneChannels.reset();
    }
}

/// True where the counts after pruning follow from the share of each layer alone.
bool prunesByShare(const Variation& variation) {
    if (variation.prune.scope) return *variation.prune.scope == PruneScope::PerLayer;
    // Scopes that are tried remove as many MACs as equal shares, but for layers of their own.
    return std::none_of(variation.layers.begin(), variation.layers.end(),
                        [](const auto& layer) { return layer.second.pruneChannels.has_value(); });
}

}  // namespace

DistinctKeys::DistinctKeys(GraphPtr graph) : m_graph(std::move(graph)) {}
DistinctKeys::~DistinctKeys() = default;

const DistinctKeys::Channels& DistinctKeys::channelsFor(const Variation& variation) {
    Variation rewrites;
    rewrites.rewrite = variation.rewrite;
    auto& known = m_channels[transform::variationText(rewrites)];
    if (known) return *known;
    known = std::make_unique<Channels>();
    known->graph = m_graph;
    if (auto rewritten = transform::apply(m_graph, rewrites)) known->graph = rewritten->graph;
    if (auto groups = transform::ChannelGroups::find(*known->graph))
        known->groups.emplace(std::move(*groups));
    return *known;
}

std::string DistinctKeys::keyOf(Variation& variation) {
    variation = variation.normalized();
    if (!variation.removesChannels()) return transform::variationText(variation);
    const Channels& channels = channelsFor(variation);
    if (!channels.groups || channels.groups->groups().empty())
        return transform::variationText(variation);
    const auto kept = transform::unitsKept(*channels.graph, *channels.groups, variation);
    const bool byShare = prunesByShare(variation);
    if (byShare && keepsAll(kept, *channels.groups)) {
        resetChannels(variation);
        variation = variation.normalized();
        return transform::variationText(variation);
    }
    std::string key;
    for (int32_t units : kept)
        key += std::to_string(units) + " ";
    Variation rest = variation;
    const bool prunes = rest.prunesChannels();
    rest.width = 1;
    for (auto& [index, layer] : rest.layers)
        layer.width.reset();
    if (byShare) resetChannels(rest);
    std::erase_if(rest.layers, [](const auto& layer) { return layer.second.isEmpty(); });
    return key + (prunes ? "pruned " : "") + transform::variationText(rest);
}

}  // namespace search
