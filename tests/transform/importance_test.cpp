// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/importance.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "zoo/graph_builder.h"

namespace {

using namespace surgery;
using namespace zoo;
using types::ImportanceMeasure;

/// All weights of output channel c become `values[c]`.
GraphBuilder::WeightEdit perChannel(std::vector<float> values) {
    return [values](LayerWeights& w) {
        size_t inner = 1;
        for (size_t i = static_cast<size_t>(w.channelAxis) + 1; i < w.shape.size(); ++i)
            inner *= static_cast<size_t>(w.shape[i]);
        for (size_t i = 0; i < w.filter.size(); ++i)
            w.filter[i] = values[i / inner % values.size()];
    };
}

types::GraphPtr convThenDepthwise(Precision precision) {
    GraphBuilder build("norms", precision);
    Value x = build.input({1, 4, 4, 2});
    x = build.editNext(perChannel({1, -2, 3, -6})).conv(x, 4, 3);
    x = build.editNext(perChannel({0, 0, 0.5f, -0.5f})).depthwise(x, 3);
    return build.finish({build.conv(x, 2, 1)}).value();
}

std::vector<double> scores(const types::Graph& graph, ImportanceMeasure measure) {
    const auto groups = groupsOf(graph);
    return transform::weightImportance(graph, groups, groupOf(groups, 0), measure);
}

std::vector<double> l1(const types::Graph& graph) {
    return scores(graph, ImportanceMeasure::L1);
}

TEST(Importance, L1NormsOfAllProducersCountAlike) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        const auto graph = convThenDepthwise(precision);
        const auto importance = l1(*graph);
        // Convolution: |w| is 1, 2, 3, 6 with mean 3. Depthwise: 0, 0, 0.5, 0.5 with mean 0.25.
        const double expected[] = {1.0 / 3, 2.0 / 3, 1 + 2, 2 + 2};
        ASSERT_EQ(importance.size(), 4u);
        for (size_t i = 0; i < 4; ++i)
            EXPECT_NEAR(importance[i], expected[i], 1e-6);
    }
}

TEST(Importance, ScalesPerChannelMatter) {
    // Codes are all 127 in size; only the scales tell the channels apart.
    GraphBuilder build("scales", Precision::Int8);
    Value x = build.editNext(perChannel({0.5f, 4, 1})).conv(build.input({1, 4, 4, 2}), 3, 1);
    const auto graph = build.finish({build.conv(x, 2, 1)}).value();
    const auto importance = l1(*graph);
    EXPECT_NEAR(importance[1] / importance[0], 8, 1e-5);
    EXPECT_NEAR(importance[2] / importance[0], 2, 1e-5);
}

TEST(Importance, LayersOfNothingButZerosSayNothing) {
    GraphBuilder build("zeros");
    Value x = build.editNext(perChannel({0, 0, 0, 0})).conv(build.input({1, 4, 4, 2}), 4, 1);
    const auto graph = build.finish({build.conv(x, 2, 1)}).value();
    EXPECT_EQ(l1(*graph), (std::vector<double>{0, 0, 0, 0}));
}

/// A 1x1 convolution whose filters are the given points.
types::GraphPtr filtersAt(const std::vector<float>& points, int32_t channels) {
    GraphBuilder build("points");
    const auto edit = [&](LayerWeights& w) { w.filter = points; };
    Value x = build.input({1, 4, 4, 2});
    x = build.editNext(edit).conv(x, channels, 1);
    return build.finish({build.conv(x, 2, 1)}).value();
}

TEST(Importance, L2IsTheEuclideanLength) {
    const auto found = scores(*filtersAt({3, 4, 0, -1, 6, 8}, 3), ImportanceMeasure::L2);
    // Lengths 5, 1, 10 over their mean.
    EXPECT_NEAR(found[0], 5 * 3 / 16.0, 1e-6);
    EXPECT_NEAR(found[1], 1 * 3 / 16.0, 1e-6);
    EXPECT_NEAR(found[2], 10 * 3 / 16.0, 1e-6);
}

TEST(Importance, TheFilterNearestToTheOthersHasTheSmallestMedianScore) {
    // On a line at 1, 2, 3 and 10: sums of distances are 12, 10, 10, 24; length tells another
    // story.
    const auto found =
        scores(*filtersAt({1, 0, 2, 0, 3, 0, 10, 0}, 4), ImportanceMeasure::GeometricMedian);
    const double mean = (12 + 10 + 10 + 24) / 4.0;
    EXPECT_NEAR(found[0], 12 / mean, 1e-6);
    EXPECT_NEAR(found[1], 10 / mean, 1e-6);
    EXPECT_NEAR(found[2], 10 / mean, 1e-6);
    EXPECT_NEAR(found[3], 24 / mean, 1e-6);
}

}  // namespace
