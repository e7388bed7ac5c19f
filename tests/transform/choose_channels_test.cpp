// SPDX-License-Identifier: GPL-3.0-or-later
// What is not set about pruning is decided on data, and nothing is decided without them.
#include "transform/channels/choose_channels.h"

#include <gtest/gtest.h>

#include "calibration/model_inputs.h"
#include "calibration/output_distance.h"
#include "graph_surgery.h"
#include "transform/channels/channel_plan.h"
#include "transform/recovery/similarity.h"
#include "zoo/graph_builder.h"

namespace {

using types::GraphPtr;
using types::ImportanceMeasure;
using types::Variation;

/// Half of the channels of the first layer are copies of the others, at twice the size: the least
/// norm is the wrong choice there.
GraphPtr copyNet() {
    zoo::GraphBuilder build("copies", zoo::Precision::Float32, 7);
    zoo::Value x = build.input({1, 8, 8, 2});
    const auto copies = [](zoo::LayerWeights& w) {
        const size_t channels = w.bias.size(), each = w.filter.size() / channels;
        for (size_t c = channels / 2; c < channels; ++c) {
            for (size_t i = 0; i < each; ++i)
                w.filter[c * each + i] = 2 * w.filter[(channels / 2) * each + i];
            w.bias[c] = 2 * w.bias[channels / 2];
        }
    };
    x = build.editNext(copies).conv(x, 16, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.conv(x, 8, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.averagePool(x, 8, 8);
    return build.finish({build.softmax(build.fullyConnected(build.flatten(x), 4))}).value();
}

transform::ApplyContext withData(const GraphPtr& graph) {
    transform::ApplyContext context;
    context.calibration = calibration::randomInputs(*graph, 48, 1);
    return context;
}

bool tells(const std::vector<std::string>& changes, const std::string& text) {
    return std::ranges::any_of(
        changes, [&](const std::string& change) { return change.find(text) != std::string::npos; });
}

TEST(ChooseChannels, SimilarChannelsAreMergedBeforeOthers) {
    const auto graph = copyNet();
    const auto groups = transform::ChannelGroups::find(*graph).value();
    std::vector<std::string> changes;
    const auto scores = transform::similarity(*graph, groups, withData(graph), changes).value();
    // One of the seven multiples stays until the end of the copies; six go first.
    const auto removed = transform::leastImportant(scores[0], 10);
    for (size_t i = 0; i < 8; ++i)
        EXPECT_FALSE(removed[i]) << i;
    EXPECT_TRUE(tells(changes, "similarity of channels"));
}

TEST(ChooseChannels, TheMannerThatFitsTheDataIsFound) {
    const auto graph = copyNet();
    Variation variation;
    variation.layers[0].pruneChannels = 0.4;
    variation.channelMultiple = 1;
    const auto context = withData(graph);
    const auto chosen = transform::apply(graph, variation, context).value();
    EXPECT_TRUE(tells(chosen.changes, "held-back samples"));
    const auto judge = calibration::OutputDistance::create(
                           *graph, calibration::randomInputs(*graph, 32, 9)->samples)
                           .value();
    variation.prune.measure = ImportanceMeasure::L1;
    const auto least = transform::apply(graph, variation, context).value();
    EXPECT_FALSE(tells(least.changes, "held-back samples"));
    EXPECT_EQ(surgery::macsOf(*chosen.graph), surgery::macsOf(*least.graph));
    EXPECT_LT(judge.to(*chosen.graph).value(), judge.to(*least.graph).value());
}

TEST(ChooseChannels, RecoveryIsDoneWhereThereAreData) {
    const auto graph = copyNet();
    Variation variation;
    variation.prune.channels = 0.25;
    EXPECT_TRUE(tells(transform::apply(graph, variation, withData(graph)).value().changes,
                      "recovered by least squares"));
    EXPECT_FALSE(tells(transform::apply(graph, variation).value().changes, "recovered"));
    variation.prune.recover = false;
    EXPECT_FALSE(tells(transform::apply(graph, variation, withData(graph)).value().changes,
                       "recovered by least squares"));
}

TEST(ChooseChannels, GlobalCandidatesKeepTheMacsOfTheFirst) {
    const auto graph = copyNet();
    Variation open;
    open.prune.channels = 0.5;
    Variation plain = open;
    plain.prune.measure = ImportanceMeasure::L1;
    plain.prune.scope = types::PruneScope::PerLayer;
    const auto context = withData(graph);
    EXPECT_LE(surgery::macsOf(*transform::apply(graph, open, context).value().graph),
              surgery::macsOf(*transform::apply(graph, plain, context).value().graph));
}

}  // namespace
