// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/choose_channels.h"

#include <cmath>
#include <cstdio>

#include "analysis/count.h"
#include "calibration/output_distance.h"
#include "types/knob_domain.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::ImportanceMeasure;
using types::PruneScope;
using types::Result;
using types::Variation;

namespace {

constexpr ImportanceMeasure kMeasures[] = {ImportanceMeasure::L1, ImportanceMeasure::Sensitivity,
                                           ImportanceMeasure::Similarity};
constexpr PruneScope kScopes[] = {PruneScope::PerLayer, PruneScope::Global};
/// Steps of the search for a share: they leave a thousandth of the model.
constexpr int kShareSteps = 10;

int64_t macsOf(const Graph& graph) {
    int64_t macs = 0;
    for (const types::Op& op : graph.ops)
        macs += analysis::countMacs(graph, op);
    return macs;
}

std::vector<PruneManner> candidates(const Variation& variation) {
    std::vector<PruneManner> list;
    for (ImportanceMeasure measure : kMeasures)
        for (PruneScope scope : kScopes) {
            if (variation.prune.measure.value_or(measure) != measure) continue;
            const bool isScope = variation.prune.channels == 0
                                     ? scope == PruneScope::PerLayer
                                     : variation.prune.scope.value_or(scope) == scope;
            if (isScope) list.push_back({measure, scope, variation.prune.channels});
        }
    // A measure that is not tried where nothing is set.
    if (list.empty() && variation.prune.measure)
        for (PruneScope scope : kScopes)
            list.push_back({*variation.prune.measure, scope, variation.prune.channels});
    return list;
}

/// Sets the share that leaves at most `wanted` MACs, as close as channel counts allow.
Result<void> matchMacs(PruneManner& manner, int64_t wanted, const NarrowIn& narrowIn) {
    double low = 0, high = 1;
    for (int step = 0; step < kShareSteps; ++step) {
        manner.share = (low + high) / 2;
        const auto narrowed = narrowIn(manner, nullptr);
        if (!narrowed) return tl::unexpected(narrowed.error());
        (macsOf(**narrowed) <= wanted ? high : low) = manner.share;
    }
    manner.share = high;
    return {};
}

std::string nameOf(const PruneManner& manner) {
    return std::string(wordOf(types::kMeasureWords, manner.measure)) + " " +
           wordOf(types::kScopeWords, manner.scope);
}

std::string percent(double distance) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", 100 * distance);
    return text;
}

}  // namespace

bool isOpen(const Variation& variation, const ApplyContext& context) {
    const bool isSet =
        variation.prune.measure && (variation.prune.scope || variation.prune.channels == 0);
    return variation.prunesChannels() && !isSet && context.calibration &&
           context.calibration->samples.size() >= 8;
}

PruneManner mannerOf(const Variation& variation) {
    return {variation.prune.measure.value_or(ImportanceMeasure::L1),
            variation.prune.scope.value_or(PruneScope::PerLayer), variation.prune.channels};
}

Result<PruneManner> chooseManner(const Graph& original, const Variation& variation,
                                 const ApplyContext& context, const NarrowIn& narrowIn,
                                 std::vector<std::string>& changes) {
    const auto parts = calibration::holdBack(*context.calibration);
    const auto judge = calibration::OutputDistance::create(original, parts.heldBack);
    if (!judge) return tl::unexpected(judge.error());
    std::vector<PruneManner> open = candidates(variation);
    const auto first = narrowIn(open[0], nullptr);
    if (!first) return tl::unexpected(first.error());
    const int64_t wanted = macsOf(**first);
    std::optional<PruneManner> best;
    double least = 0;
    std::string told;
    for (size_t i = 0; i < open.size(); ++i) {
        if (context.work.isStopped()) return types::cancelled();
        PruneManner& manner = open[i];
        context.work.report(static_cast<double>(i) / static_cast<double>(open.size()),
                            "trying which channels to remove");
        // Operators without a derivative rule, for example: the other measures remain.
        if (i > 0 && manner.scope == PruneScope::Global && variation.prune.channels != 0)
            if (!matchMacs(manner, wanted, narrowIn)) continue;
        const auto narrowed = narrowIn(manner, parts.learned);
        if (!narrowed && narrowed.error().isCancelled()) return tl::unexpected(narrowed.error());
        const auto distance = narrowed ? judge->to(**narrowed) : tl::unexpected(narrowed.error());
        if (!distance) continue;
        told += (told.empty() ? "" : ", ") + nameOf(manner) + " " + percent(*distance);
        if (best && !(*distance < least)) continue;
        best = manner;
        least = *distance;
    }
    if (!best) return mannerOf(variation);
    changes.push_back("pruned by " + nameOf(*best) + ", whose outputs are nearest on " +
                      std::to_string(judge->samples()) + " held-back samples (" + told + ")");
    return *best;
}

}  // namespace transform
