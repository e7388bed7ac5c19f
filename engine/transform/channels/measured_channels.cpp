// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/measured_channels.h"

#include "transform/recovery/sensitivity.h"
#include "transform/recovery/similarity.h"

namespace transform {

using types::ImportanceMeasure;
using types::Result;

namespace {

/// Each choice of samples has scores of its own; trying manners of pruning makes new ones.
constexpr size_t kScoresKept = 8;

bool readsData(ImportanceMeasure measure) {
    return measure == ImportanceMeasure::Sensitivity || measure == ImportanceMeasure::Similarity;
}

Result<Scores> measured(const types::Graph& graph, const ChannelGroups& groups,
                        ImportanceMeasure measure, const ApplyContext& context,
                        std::vector<std::string>& changes) {
    if (measure == ImportanceMeasure::Sensitivity)
        return sensitivity(graph, groups, context, changes);
    if (measure == ImportanceMeasure::Similarity)
        return similarity(graph, groups, context, changes);
    return weightImportance(graph, groups, measure);
}

}  // namespace

Result<MeasuredChannelsPtr> MeasuredChannels::create(types::GraphPtr graph) {
    auto groups = ChannelGroups::find(*graph);
    if (!groups) return tl::unexpected(groups.error());
    return MeasuredChannelsPtr(new MeasuredChannels(std::move(graph), std::move(*groups)));
}

Result<MeasuredScores> MeasuredChannels::scores(ImportanceMeasure measure,
                                                const ApplyContext& context) {
    const Key key{measure, readsData(measure) ? context.calibration : nullptr};
    auto known = m_scores.get(key, [&]() -> Result<MeasuredScores> {
        MeasuredScores made;
        auto scores = measured(*m_graph, m_groups, measure, context, made.changes);
        if (!scores) return tl::unexpected(scores.error());
        made.scores = std::make_shared<const Scores>(std::move(*scores));
        return made;
    });
    m_scores.keep(kScoresKept);
    return known;
}

}  // namespace transform
