// SPDX-License-Identifier: GPL-3.0-or-later
// Layers that feed a sum are solved for the sum.
#include "transform/recovery/recovery_units.h"

#include <gtest/gtest.h>

#include "calibration/model_inputs.h"
#include "calibration/output_distance.h"
#include "graph_surgery.h"
#include "transform/apply.h"
#include "zoo/graph_builder.h"

namespace {

using types::GraphPtr;
using zoo::Padding;

/// A residual block with a convolution in its shortcut, and one without.
GraphPtr residualNet(zoo::Precision precision) {
    zoo::GraphBuilder build("residual", precision, 5);
    zoo::Value x = build.input({1, 8, 8, 3});
    x = build.conv(x, 8, 3, 1, Padding::Same, zoo::Activation::Relu);
    zoo::Value y = build.conv(x, 16, 3, 1, Padding::Same, zoo::Activation::Relu);
    y = build.conv(y, 12, 3, 1, Padding::Same);
    x = build.add(y, build.conv(x, 12, 1), zoo::Activation::Relu);
    y = build.conv(x, 16, 3, 1, Padding::Same, zoo::Activation::Relu);
    x = build.add(x, build.conv(y, 12, 3, 1, Padding::Same), zoo::Activation::Relu);
    return build.finish({build.fullyConnected(build.flatten(build.averagePool(x, 8, 8)), 5)})
        .value();
}

TEST(RecoveryUnits, ASumJoinsTheLayersThatOnlyItReads) {
    const auto graph = residualNet(zoo::Precision::Float32);
    const auto groups = transform::ChannelGroups::find(*graph).value();
    // Units of the layer inside the first block.
    std::vector<bool> removed(static_cast<size_t>(groups.unitCount()), false);
    for (const auto& group : groups.groups())
        if (group.producers.size() == 1 && group.producers[0].op == 1)
            for (size_t i = 0; i < 8; ++i)
                removed[static_cast<size_t>(group.units[i])] = true;
    transform::KeptElements kept;
    kept.remove(groups, removed);
    const auto units = transform::unitsBehind(*graph, kept);
    ASSERT_EQ(units.size(), 4u);
    EXPECT_EQ(units[0].layers, (std::vector<size_t>{2, 3}));
    EXPECT_EQ(units[0].last, 4u);
    EXPECT_EQ(units[0].other, -1);
    EXPECT_EQ(units[1].layers, std::vector<size_t>{5});
    EXPECT_FALSE(units[1].isSum());
    EXPECT_EQ(units[2].layers, std::vector<size_t>{6});
    EXPECT_EQ(units[2].last, 7u);
    EXPECT_EQ(units[2].other, graph->ops[4].output(0));
}

TEST(RecoveryUnits, RecoveryOfResidualNetworksRegainsOutputs) {
    for (auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        const auto graph = residualNet(precision);
        transform::ApplyContext context;
        context.calibration = calibration::randomInputs(*graph, 64, 1);
        types::Variation variation;
        variation.layers[1].pruneChannels = 0.5;
        variation.layers[5].pruneChannels = 0.5;
        variation.prune.measure = types::ImportanceMeasure::L1;
        const auto unseen = calibration::randomInputs(*graph, 32, 9);
        const auto judge = calibration::OutputDistance::create(*graph, unseen->samples).value();
        variation.prune.recover = false;
        const auto cut = transform::apply(graph, variation, context).value();
        variation.prune.recover = true;
        const auto recovered = transform::apply(graph, variation, context).value();
        EXPECT_LT(judge.to(*recovered.graph).value(), 0.4 * judge.to(*cut.graph).value());
    }
}

TEST(RecoveryUnits, TheResultDoesNotDependOnThreads) {
    const auto graph = residualNet(zoo::Precision::Float32);
    types::Variation variation;
    variation.layers[1].pruneChannels = 0.5;
    std::vector<std::vector<float>> weights;
    for (int threads : {1, 2}) {
        transform::ApplyContext context;
        context.calibration = calibration::randomInputs(*graph, 32, 1);
        context.work.threads = threads;
        const auto varied = transform::apply(graph, variation, context).value();
        weights.push_back(surgery::elementsOf<float>(*varied.graph, varied.graph->ops[2].input(1)));
    }
    EXPECT_EQ(weights[0], weights[1]);
}

}  // namespace
