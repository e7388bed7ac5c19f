// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/narrow.h"

#include <algorithm>
#include <set>

#include "calibration/output_distance.h"
#include "transform/channels/blocks.h"
#include "transform/channels/channel_plan.h"
#include "transform/channels/choose_channels.h"
#include "transform/channels/kept_elements.h"
#include "transform/channels/remove_units.h"
#include "transform/recovery/recover.h"
#include "transform/shared_narrowing.h"

namespace transform {

using types::GraphPtr;
using types::ImportanceMeasure;
using types::LayerKnobs;
using types::Result;
using types::Variation;

namespace {

/// Rough shares of the time: until blocks are left out, and until channels are chosen.
constexpr double kLeavingOut = 0.1, kMeasuring = 0.7;

/// The graph between two removals, and its relation to the graph before the first.
struct Narrowing {
    GraphPtr graph;
    KeptElements kept;
    std::vector<std::string>& changes;
};

/// Groups and scores of a graph, those that variations share where they do.
Result<MeasuredChannelsPtr> channelsOf(const GraphPtr& graph, const ApplyContext& context) {
    return context.shared ? context.shared->channels(graph) : MeasuredChannels::create(graph);
}

bool recovers(const Variation& variation, const ApplyContext& context) {
    const bool hasData = context.calibration && !context.calibration->empty();
    return variation.prune.recover.value_or(hasData);
}

/// Solves again what the removals so far lost. Only who asked for it learns why it cannot be done.
Result<void> recoverIn(Narrowing& narrowing, const types::Graph& original,
                       const Variation& variation, const ApplyContext& context) {
    auto recovered = recover(original, narrowing.graph, narrowing.kept, context, narrowing.changes);
    if (recovered) {
        narrowing.graph = std::move(*recovered);
        return {};
    }
    if (variation.prune.recover.has_value() || recovered.error().isCancelled())
        return tl::unexpected(recovered.error());
    narrowing.changes.push_back("not recovered: " + recovered.error().message());
    return {};
}

/// Where channels follow, recovers at once: what measures channels is to see a model that works.
Result<void> leaveOutBlocks(Narrowing& narrowing, const types::Graph& original,
                            const Variation& variation, const ApplyContext& context) {
    if (auto known = checkBlocks(*narrowing.graph, variation); !known) return known;
    for (const auto& [layer, knobs] : variation.layers) {
        if (!knobs.dropBlock) continue;
        auto dropped = dropBlock(*narrowing.graph, layer, narrowing.kept, narrowing.changes);
        if (!dropped) return tl::unexpected(dropped.error());
        narrowing.graph = std::move(*dropped);
    }
    const bool isFirst = variation.dropsBlocks() && variation.removesChannels();
    return isFirst && recovers(variation, context)
               ? recoverIn(narrowing, original, variation, context)
               : Result<void>();
}

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

Result<void> removeWidth(Narrowing& narrowing, const Variation& variation,
                         const ApplyContext& context) {
    const auto channels = channelsOf(narrowing.graph, context);
    if (!channels) return tl::unexpected(channels.error());
    const ChannelGroups& groups = (*channels)->groups();
    const auto scores = (*channels)->scores(ImportanceMeasure::L1, context);
    if (!scores) return tl::unexpected(scores.error());
    tellIdleKnobs(narrowing, groups, variation, &LayerKnobs::width, "width");
    return remove(narrowing, groups, planWidth(*narrowing.graph, groups, variation),
                  *scores->scores, variation.channelMultiple);
}

Result<void> applyWidth(Narrowing& narrowing, const Variation& variation,
                        const ApplyContext& context) {
    if (!asksForWidth(variation)) return {};
    if (!context.shared) return removeWidth(narrowing, variation, context);
    const auto widened = context.shared->widened(variation, [&]() -> Result<Widened> {
        Widened made{narrowing.graph, {}, {}};
        Narrowing alone{made.graph, {}, made.changes};
        if (auto done = removeWidth(alone, variation, context); !done)
            return tl::unexpected(done.error());
        made.graph = std::move(alone.graph);
        made.kept = std::move(alone.kept);
        return made;
    });
    if (!widened) return tl::unexpected(widened.error());
    narrowing.graph = widened->graph;
    narrowing.kept = widened->kept;
    narrowing.changes.insert(narrowing.changes.end(), widened->changes.begin(),
                             widened->changes.end());
    return {};
}

/// Prunes one graph in different manners: groups and scores are found once.
class Pruning {
public:
    static Result<Pruning> create(const GraphPtr& graph, const Variation& variation,
                                  const ApplyContext& context) {
        auto channels = channelsOf(graph, context);
        if (!channels) return tl::unexpected(channels.error());
        return Pruning(variation, context, std::move(*channels));
    }

    /// Adds to `narrowing` what is removed in a manner.
    Result<void> run(Narrowing& narrowing, const PruneManner& manner) {
        const auto scores = m_channels->scores(manner.measure, m_context);
        if (!scores) return tl::unexpected(scores.error());
        if (m_told.insert(manner.measure).second)
            narrowing.changes.insert(narrowing.changes.end(), scores->changes.begin(),
                                     scores->changes.end());
        Variation decided = m_variation;
        decided.prune.measure = manner.measure;
        decided.prune.scope = manner.scope;
        decided.prune.channels = manner.share;
        for (const auto& [layer, share] : manner.shares)
            decided.layers[layer].pruneChannels = share;
        tellIdleKnobs(narrowing, groups(), m_variation, &LayerKnobs::pruneChannels, "pruning");
        return remove(narrowing, groups(),
                      planPruning(*m_channels->graph(), groups(), decided, *scores->scores),
                      *scores->scores, m_variation.channelMultiple);
    }

    /// One layer of each group that has no share of its own.
    std::vector<int32_t> openLayers() const {
        std::vector<int32_t> layers;
        for (const ChannelGroup& group : groups().groups()) {
            const auto origin = [&](const Producer& producer) {
                return m_channels->graph()->ops[static_cast<size_t>(producer.op)].origin;
            };
            const bool isSet = std::ranges::any_of(group.producers, [&](const Producer& producer) {
                const auto layer = m_variation.layers.find(origin(producer));
                return layer != m_variation.layers.end() && layer->second.pruneChannels;
            });
            if (!group.removable() || isSet) continue;
            const auto named = std::ranges::find_if(
                group.producers, [&](const Producer& producer) { return origin(producer) >= 0; });
            if (named != group.producers.end()) layers.push_back(origin(*named));
        }
        return layers;
    }

private:
    Pruning(const Variation& variation, const ApplyContext& context, MeasuredChannelsPtr channels)
        : m_variation(variation), m_context(context), m_channels(std::move(channels)) {}

    const ChannelGroups& groups() const { return m_channels->groups(); }

    const Variation& m_variation;
    ApplyContext m_context;
    MeasuredChannelsPtr m_channels;
    std::set<ImportanceMeasure> m_told;  ///< whose measuring was told of
};

/// Tries manners of pruning what `narrowed` has left of the original.
Result<PruneManner> tryManners(const types::Graph& original, const Narrowing& narrowed,
                               Pruning& pruning, const Variation& variation,
                               const ApplyContext& context, std::vector<std::string>& changes) {
    const auto narrowIn = [&](const PruneManner& manner,
                              calibration::RealInputsPtr samples) -> Result<GraphPtr> {
        std::vector<std::string> unused;
        Narrowing trial{narrowed.graph, narrowed.kept, unused};
        if (auto done = pruning.run(trial, manner); !done) return tl::unexpected(done.error());
        if (!samples || !recovers(variation, context)) return trial.graph;
        return recover(original, trial.graph, trial.kept, {samples, context.work.quiet()}, unused);
    };
    return chooseManner(original, variation, context, narrowIn, pruning.openLayers(), changes);
}

Result<void> applyPruning(const types::Graph& original, Narrowing& narrowing,
                          const Variation& variation, const ApplyContext& context) {
    if (!variation.prunesChannels()) return {};
    ApplyContext measuring = context;
    // What judges has not been measured on either.
    if (isOpen(variation, context))
        measuring.calibration = calibration::holdBack(*context.calibration).learned;
    auto pruning = Pruning::create(narrowing.graph, variation, measuring);
    if (!pruning) return tl::unexpected(pruning.error());
    PruneManner manner = mannerOf(variation);
    if (isOpen(variation, context)) {
        const auto chosen =
            tryManners(original, narrowing, *pruning, variation, context, narrowing.changes);
        if (!chosen) return tl::unexpected(chosen.error());
        manner = *chosen;
    }
    return pruning->run(narrowing, manner);
}

}  // namespace

Result<GraphPtr> narrow(const GraphPtr& graph, const Variation& variation,
                        const ApplyContext& given, std::vector<std::string>& changes) {
    Narrowing narrowing{graph, {}, changes};
    ApplyContext context = given;
    const bool isShared = given.shared && given.shared->serves(graph) && !variation.dropsBlocks();
    if (!isShared) context.shared = nullptr;
    if (auto done = leaveOutBlocks(narrowing, *graph, variation, context.part(0, kLeavingOut));
        !done)
        return tl::unexpected(done.error());
    if (auto done = applyWidth(narrowing, variation, context); !done)
        return tl::unexpected(done.error());
    if (auto done =
            applyPruning(*graph, narrowing, variation, context.part(kLeavingOut, kMeasuring));
        !done)
        return tl::unexpected(done.error());
    if (narrowing.graph == graph || !recovers(variation, context)) return narrowing.graph;
    if (auto done = recoverIn(narrowing, *graph, variation, context.part(kMeasuring, 1)); !done)
        return tl::unexpected(done.error());
    return narrowing.graph;
}

}  // namespace transform
