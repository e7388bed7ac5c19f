// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/channel_plan.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "transform/apply.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using types::GraphPtr;
using types::PruneScope;
using types::Variation;

GraphPtr residualModel() {
    return zoo::imageResNet8(zoo::Precision::Float32).value();
}

GraphPtr keywordModel() {
    return zoo::keywordDsCnn(zoo::Precision::Int8).value();
}

int32_t channelsOf(const types::Graph& graph, size_t op) {
    return graph.tensor(graph.ops[op].output(0)).shape.back();
}

bool says(const transform::Varied& varied, const std::string& words) {
    return std::any_of(varied.changes.begin(), varied.changes.end(),
                       [&](const std::string& c) { return c.find(words) != std::string::npos; });
}

TEST(ChannelPlan, OfEqualImportanceTheLaterOneGoes) {
    using transform::leastImportant;
    EXPECT_EQ(leastImportant({1, 3, 1, 2}, 2), (std::vector<bool>{true, false, true, false}));
    EXPECT_EQ(leastImportant({1, 1, 1}, 1), (std::vector<bool>{false, true, true}));
    EXPECT_EQ(leastImportant({0, 5}, 2), (std::vector<bool>{false, false}));
}

TEST(ChannelPlan, ALayersWidthLeavesTheOthersAlone) {
    const auto graph = keywordModel();
    Variation variation;
    variation.layers[0].width = 0.5;
    const auto varied = transform::apply(graph, variation).value();
    EXPECT_EQ(channelsOf(*varied.graph, 0), 32);
    EXPECT_EQ(channelsOf(*varied.graph, 2), 64);
    EXPECT_EQ(varied.changes.size(), 1u);
}

TEST(ChannelPlan, ALayersWidthOverridesTheModels) {
    Variation variation = ofWidth(0.5);
    variation.layers[0].width = 1;
    const auto varied = transform::apply(keywordModel(), variation).value();
    EXPECT_EQ(channelsOf(*varied.graph, 0), 64);
    EXPECT_EQ(channelsOf(*varied.graph, 2), 32);
}

TEST(ChannelPlan, OfLayersThatASumJoinsTheStrictestSettingHolds) {
    const auto graph = residualModel();
    const auto groups = groupsOf(*graph);
    const auto producers = producersOf(groupOf(groups, 0));
    ASSERT_EQ(producers.size(), 2u);
    Variation variation;
    variation.layers[producers[0]].pruneChannels = 0.25;
    variation.layers[producers[1]].pruneChannels = 0.5;
    const auto varied = transform::apply(graph, variation).value();
    EXPECT_EQ(channelsOf(*varied.graph, 0), 8);
    EXPECT_TRUE(says(varied, "the strictest of 2 settings"));
}

TEST(ChannelPlan, AKnobOnALayerWithoutChannelsSaysSo) {
    const auto graph = keywordModel();
    Variation variation;
    const auto last = static_cast<int32_t>(graph->ops.size()) - 1;
    variation.layers[last].width = 0.5;
    const auto varied = transform::apply(graph, variation).value();
    EXPECT_EQ(varied.graph, graph);
    EXPECT_TRUE(says(varied, "has no weights that make channels"));
}

TEST(ChannelPlan, ALayerThatDoesNotExistIsAnError) {
    Variation variation;
    variation.layers[99].width = 0.5;
    const auto varied = transform::apply(keywordModel(), variation);
    ASSERT_FALSE(varied);
    EXPECT_EQ(varied.error().where, "layer 99");
}

TEST(ChannelPlan, PruningTakesTheShareOfEveryLayer) {
    Variation variation;
    variation.prune.channels = 0.25;
    const auto varied = transform::apply(keywordModel(), variation).value();
    for (size_t op : {0, 2, 4, 6, 8})
        EXPECT_EQ(channelsOf(*varied.graph, op), 48);
}

/// Channels of all removable groups.
int32_t channelsLeft(const types::Graph& graph) {
    int32_t channels = 0;
    const auto groups = groupsOf(graph);
    for (const auto& group : groups.groups())
        if (group.removable()) channels += group.channels();
    return channels;
}

TEST(ChannelPlan, GlobalPruningTakesTheShareOfTheWholeModel) {
    const auto graph = keywordModel();
    Variation variation;
    variation.channelMultiple = 1;
    variation.prune.channels = 0.25;
    variation.prune.scope = PruneScope::Global;
    for (auto measure : {types::ImportanceMeasure::L1, types::ImportanceMeasure::L2,
                         types::ImportanceMeasure::GeometricMedian}) {
        variation.prune.measure = measure;
        const auto varied = transform::apply(graph, variation).value();
        EXPECT_EQ(channelsLeft(*varied.graph), channelsLeft(*graph) * 3 / 4);
    }
}

TEST(ChannelPlan, GlobalPruningSparesLayersWithASettingOfTheirOwn) {
    Variation variation;
    variation.prune.channels = 0.5;
    variation.prune.scope = PruneScope::Global;
    variation.layers[0].pruneChannels = 0;
    const auto varied = transform::apply(keywordModel(), variation).value();
    EXPECT_EQ(channelsOf(*varied.graph, 0), 64);
}

TEST(ChannelPlan, WidthComesBeforePruning) {
    Variation variation = ofWidth(0.5);
    variation.prune.channels = 0.5;
    const auto varied = transform::apply(keywordModel(), variation).value();
    EXPECT_EQ(channelsOf(*varied.graph, 0), 16);
}

}  // namespace
