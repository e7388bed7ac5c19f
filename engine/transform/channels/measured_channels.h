// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MeasuredChannels: the channel groups of one graph, and their scores, each measured when first
// asked for.
//
// Ownership: keeps the graph. Thread rules: many threads.

#include <memory>
#include <string>
#include <vector>

#include "transform/apply.h"
#include "transform/channels/importance.h"
#include "types/memo.h"

namespace transform {

struct MeasuredScores {
    std::shared_ptr<const Scores> scores;
    std::vector<std::string> changes;  ///< what measuring them says
};

class MeasuredChannels {
public:
    static types::Result<std::shared_ptr<MeasuredChannels>> create(types::GraphPtr graph);

    const types::GraphPtr& graph() const { return m_graph; }
    const ChannelGroups& groups() const { return m_groups; }
    /// Scores that data tell are those on the samples of `context`.
    types::Result<MeasuredScores> scores(types::ImportanceMeasure measure,
                                         const ApplyContext& context);

private:
    using Key = std::pair<types::ImportanceMeasure, calibration::RealInputsPtr>;

    MeasuredChannels(types::GraphPtr graph, ChannelGroups groups)
        : m_graph(std::move(graph)), m_groups(std::move(groups)) {}

    types::GraphPtr m_graph;
    ChannelGroups m_groups;  ///< refers to m_graph
    types::Memo<Key, MeasuredScores> m_scores;
};

using MeasuredChannelsPtr = std::shared_ptr<MeasuredChannels>;

}  // namespace transform
