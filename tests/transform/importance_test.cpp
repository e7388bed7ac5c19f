// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/importance.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "zoo/graph_builder.h"

namespace {

using namespace surgery;
using namespace zoo;

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

TEST(Importance, L1NormsOfAllProducersCountAlike) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        const auto graph = convThenDepthwise(precision);
        const auto groups = groupsOf(*graph);
        const auto importance = transform::l1Importance(*graph, groups, groupOf(groups, 0));
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
    const auto groups = groupsOf(*graph);
    const auto importance = transform::l1Importance(*graph, groups, groupOf(groups, 0));
    EXPECT_NEAR(importance[1] / importance[0], 8, 1e-5);
    EXPECT_NEAR(importance[2] / importance[0], 2, 1e-5);
}

TEST(Importance, LayersOfNothingButZerosSayNothing) {
    GraphBuilder build("zeros");
    Value x = build.editNext(perChannel({0, 0, 0, 0})).conv(build.input({1, 4, 4, 2}), 4, 1);
    const auto graph = build.finish({build.conv(x, 2, 1)}).value();
    const auto groups = groupsOf(*graph);
    EXPECT_EQ(transform::l1Importance(*graph, groups, groupOf(groups, 0)),
              (std::vector<double>{0, 0, 0, 0}));
}

}  // namespace
