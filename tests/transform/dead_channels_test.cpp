// SPDX-License-Identifier: GPL-3.0-or-later
// Removing channels without weights does not change any output bit.
#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "same_outputs.h"
#include "transform/apply.h"
#include "zoo/graph_builder.h"

namespace {

using namespace surgery;
using namespace zoo;
using types::Graph;
using types::GraphPtr;

/// Every fourth channel of the layer has no weights and no bias.
void everyFourthDead(LayerWeights& w) {
    size_t inner = 1;
    for (size_t i = static_cast<size_t>(w.channelAxis) + 1; i < w.shape.size(); ++i)
        inner *= static_cast<size_t>(w.shape[i]);
    for (size_t i = 0; i < w.filter.size(); ++i)
        if (i / inner % w.bias.size() % 4 == 1) w.filter[i] = 0;
    for (size_t i = 1; i < w.bias.size(); i += 4)
        w.bias[i] = 0;
}

/// conv -> depthwise -> conv, added to a shortcut, pooled, flattened, two fully connected layers.
GraphPtr chainWithDeadChannels(Precision precision) {
    GraphBuilder build("dead", precision);
    Value x = build.input({1, 8, 8, 3});
    x = build.editNext(everyFourthDead).conv(x, 16, 3, 1, Padding::Same, Activation::Relu);
    Value y = build.editNext(everyFourthDead).depthwise(x, 3, 1, Padding::Same, Activation::Relu);
    y = build.editNext(everyFourthDead).conv(y, 16, 1);
    x = build.averagePool(build.add(x, y, Activation::Relu), 2, 2);
    x = build.flatten(build.pad(x, {{0, 0}, {1, 0}, {0, 1}, {0, 0}}));
    x = build.editNext(everyFourthDead).fullyConnected(x, 12, Activation::Relu);
    return build.finish({build.softmax(build.fullyConnected(x, 5))}).value();
}

TEST(DeadChannels, GoFirstAndAreNotMissed) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        const auto before = chainWithDeadChannels(precision);
        const auto varied = transform::apply(before, ofWidth(0.75, 4));
        ASSERT_TRUE(varied) << varied.error().message();
        const Graph& after = *varied->graph;
        EXPECT_EQ(after.tensor(after.ops[0].output(0)).shape.back(), 12);
        EXPECT_LT(macsOf(after), macsOf(*before));
        expectSameOutputs(*before, after);
    }
}

TEST(DeadChannels, OthersAreMissed) {
    const auto before = chainWithDeadChannels(Precision::Float32);
    const auto varied = transform::apply(before, ofWidth(0.5, 4)).value();
    EXPECT_NE(outputsOf(*before, 1), outputsOf(*varied.graph, 1));
}

}  // namespace
