// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/narrow.h"

#include <algorithm>

#include "transform/channels/channel_plan.h"
#include "transform/channels/kept_elements.h"
#include "transform/channels/remove_units.h"
#include "transform/recovery/recover.h"
#include "transform/recovery/sensitivity.h"

namespace transform {

using types::GraphPtr;
using types::ImportanceMeasure;
using types::LayerKnobs;
using types::Result;
using types::Variation;

namespace {

/// Rough share of the time that choosing channels takes where recovery follows.
constexpr double kMeasuring = 0.3;

/// The graph between two removals, and its relation to the graph before the first.
struct Narrowing {
    GraphPtr graph;
    KeptElements kept;
    std::vector<std::string>& changes;
};

bool asksForWidth(const Variation& variation) {
    return variation.width != 1 ||
           std::any_of(variation.layers.begin(), variation.layers.end(),
                       [](const auto& layer) { return layer.second.width.has_value(); });
}

Result<void> remove(Narrowing& narrowing, const ChannelGroups& groups, const ChannelPlan& plan,
                    const Scores& scores, int32_t channelMultiple) {
    describePlan(*narrowing.graph, groups, plan, channelMultiple, narrowing.changes);
    const auto removed = unitsToRemove(groups, plan, scores);
    if (std::find(removed.begin(), removed.end(), true) == removed.end()) return {};
    auto narrowed = removeUnits(*narrowing.graph, groups, removed);
    if (!narrowed) return tl::unexpected(narrowed.error());
    narrowing.kept.remove(groups, removed);
    narrowing.graph = *narrowed;
    return {};
}

/// Reports layers whose own knob acts on no channels.
template <typename Knob>
void tellIdleKnobs(Narrowing& narrowing, const ChannelGroups& groups, const Variation& variation,
                   Knob LayerKnobs::*knob, const char* what) {
    const auto& ops = narrowing.graph->ops;
    for (size_t i = 0; i < ops.size(); ++i) {
        const auto layer = variation.layers.find(ops[i].origin);
        if (layer == variation.layers.end() || !(layer->second.*knob)) continue;
        const auto& producers = groups.axes().producers();
        const bool produces = std::any_of(producers.begin(), producers.end(), [&](const auto& p) {
            return p.op == static_cast<int32_t>(i);
        });
        if (!produces)
            narrowing.changes.push_back(types::opLabel(*narrowing.graph, i) +
                                        " has no weights that make channels: its " + what +
                                        " changes nothing");
    }
}

Result<void> applyWidth(Narrowing& narrowing, const Variation& variation) {
    if (!asksForWidth(variation)) return {};
    const GraphPtr graph = narrowing.graph;  // the groups refer to it
    const auto groups = ChannelGroups::find(*graph);
    if (!groups) return tl::unexpected(groups.error());
    tellIdleKnobs(narrowing, *groups, variation, &LayerKnobs::width, "width");
    return remove(narrowing, *groups, planWidth(*graph, *groups, variation),
                  weightImportance(*graph, *groups, ImportanceMeasure::L1),
                  variation.channelMultiple);
}

Result<Scores> scoresFor(const types::Graph& graph, const ChannelGroups& groups,
                         const Variation& variation, const ApplyContext& context,
                         std::vector<std::string>& changes) {
    if (variation.prune.measure == ImportanceMeasure::Sensitivity)
        return sensitivity(graph, groups, context, changes);
    return weightImportance(graph, groups, variation.prune.measure.value_or(ImportanceMeasure::L1));
}

Result<void> applyPruning(Narrowing& narrowing, const Variation& variation,
                          const ApplyContext& context) {
    if (!variation.prunesChannels()) return {};
    const GraphPtr graph = narrowing.graph;
    const auto groups = ChannelGroups::find(*graph);
    if (!groups) return tl::unexpected(groups.error());
    tellIdleKnobs(narrowing, *groups, variation, &LayerKnobs::pruneChannels, "pruning");
    const auto scores = scoresFor(*graph, *groups, variation, context, narrowing.changes);
    if (!scores) return tl::unexpected(scores.error());
    return remove(narrowing, *groups, planPruning(*graph, *groups, variation, *scores), *scores,
                  variation.channelMultiple);
}

}  // namespace

Result<GraphPtr> narrow(const GraphPtr& graph, const Variation& variation,
                        const ApplyContext& context, std::vector<std::string>& changes) {
    Narrowing narrowing{graph, {}, changes};
    if (auto done = applyWidth(narrowing, variation); !done) return tl::unexpected(done.error());
    if (auto done = applyPruning(narrowing, variation, context.part(0, kMeasuring)); !done)
        return tl::unexpected(done.error());
    const bool recovers = variation.prune.recover.value_or(context.calibration != nullptr);
    if (narrowing.graph == graph || !recovers) return narrowing.graph;
    return recover(*graph, narrowing.graph, narrowing.kept, context.part(kMeasuring, 1), changes);
}

}  // namespace transform
