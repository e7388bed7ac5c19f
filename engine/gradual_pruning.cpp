// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gradual_pruning.h"

#include <algorithm>
#include <cmath>

#include "quantize/scale_rules.h"

namespace engine {

using namespace types;

namespace {

/// Output channels of the layers with weights, by their index in the model as opened.
std::map<int32_t, int32_t> channelsOf(const Graph& graph) {
    std::map<int32_t, int32_t> channels;
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (const auto roles = quantize::weightRoles(graph, i); roles && graph.ops[i].origin >= 0)
            channels[graph.ops[i].origin] = graph.tensor(graph.ops[i].inputs[roles->weights])
                                                .shape[static_cast<size_t>(roles->channelAxis)];
    return channels;
}

/// Channels that stay when `share` of the way from `all` to `few` is gone: whole multiples.
int32_t channelsAfter(int32_t all, int32_t few, double share, int32_t multiple) {
    if (share >= 1) return few;
    const double wanted = few + (all - few) * (1 - share);
    const auto whole = static_cast<int32_t>(std::lround(wanted / multiple)) * multiple;
    return std::clamp(whole, few, all);
}

}  // namespace

Variation channelsOnly(const Variation& asked) {
    Variation v = asked;
    v.quantize = {};
    v.compress = {};
    v.train = {};
    v.prune.weights = 0;
    for (auto& [layer, knobs] : v.layers) {
        knobs.pruneWeights.reset();
        knobs.precision.reset();
        knobs.compression.reset();
    }
    return v;
}

Variation roundOf(const Variation& asked, const Graph& before, const Graph& once, const Graph& now,
                  double share) {
    Variation v = asked;
    v.width = 1;
    v.prune.channels = 0;
    v.channelMultiple = 1;
    for (auto& [layer, knobs] : v.layers) {
        knobs.width.reset();
        knobs.pruneChannels.reset();
        // The first round leaves blocks out.
        knobs.dropBlock = knobs.dropBlock && &now == &before;
    }
    const auto all = channelsOf(before), few = channelsOf(once), present = channelsOf(now);
    for (const auto& [layer, channels] : present) {
        if (!few.contains(layer) || !all.contains(layer)) continue;
        const int32_t wanted =
            channelsAfter(all.at(layer), few.at(layer), share, asked.channelMultiple);
        if (wanted < channels)
            v.layers[layer].pruneChannels = 1 - double(wanted) / double(channels);
    }
    std::erase_if(v.layers, [&](const auto& layer) {
        return std::none_of(now.ops.begin(), now.ops.end(),
                            [&](const Op& op) { return op.origin == layer.first; });
    });
    return v;
}

}  // namespace engine
