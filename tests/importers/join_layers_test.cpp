// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/join_layers.h"

#include "sample_log.h"
#include "zoo/graph_builder.h"

namespace importers {
namespace {

/// CONV_2D, RESHAPE, FULLY_CONNECTED, SOFTMAX.
types::GraphPtr tinyGraph() {
    zoo::GraphBuilder build("tiny", zoo::Precision::Int8);
    auto x = build.input({1, 8, 8, 3}, 0, 1);
    x = build.conv(x, 4, 3, 2, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.softmax(build.fullyConnected(build.flatten(x), 10));
    return build.finish({x}).value();
}

types::Measurement layer(std::optional<int32_t> index, const std::string& op,
                         const std::string& note = "") {
    const std::string key = index ? types::layerKey(*index, op) : op + note;
    return {key, index, op, types::Quantity::Cycles, {100}, false, note};
}

types::Session sessionOf(std::vector<types::Measurement> measurements) {
    types::Session session;
    session.measurements = std::move(measurements);
    return session;
}

TEST(JoinLayers, IndexAndOperatorAgree) {
    const auto join = joinLayers(sessionOf({layer(0, "CONV_2D"), layer(1, "RESHAPE"),
                                            layer(2, "FULLY_CONNECTED"), layer(3, "SOFTMAX")}),
                                 *tinyGraph());
    EXPECT_TRUE(join.complete());
    EXPECT_EQ(join.opOf, (std::vector<int32_t>{0, 1, 2, 3}));
}

TEST(JoinLayers, PartsGoWithTheirLayer) {
    auto loads = layer(0, "CONV_2D");
    loads.key += "/loads";
    const auto joined = joinedTo(sessionOf({layer(0, "CONV_2D"), loads}), *tinyGraph());
    EXPECT_EQ(joined.measurements[0].key, "#0 CONV_2D");
    EXPECT_EQ(joined.measurements[1].key, "#0 CONV_2D/loads");
    EXPECT_EQ(joined.measurements[1].layer, 0);
}

TEST(JoinLayers, AnotherOperatorAtTheIndexIsListed) {
    const auto join =
        joinLayers(sessionOf({layer(0, "CONV_2D"), layer(1, "SOFTMAX")}), *tinyGraph());
    EXPECT_EQ(join.unmatchedLayers, (std::vector<std::string>{"#1 SOFTMAX"}));
    EXPECT_EQ(join.unmatchedOps, (std::vector<int32_t>{1, 2, 3}));
}

// A tool that counts other layers, or none, is joined by shape.
TEST(JoinLayers, ShapeJoinsWhatTheIndexDoesNot) {
    const auto join = joinLayers(sessionOf({layer(5, "CONV_2D", "out_shape: 1x4x4x4"),
                                            layer({}, "SOFTMAX", "out_shape: 1x10")}),
                                 *tinyGraph());
    EXPECT_EQ(join.opOf, (std::vector<int32_t>{0, 3}));
}

TEST(JoinLayers, AShapeThatContradictsTheIndexDoesNotJoin) {
    const auto join =
        joinLayers(sessionOf({layer(0, "CONV_2D", "out_shape: 1x9x9x4")}), *tinyGraph());
    EXPECT_EQ(join.opOf, (std::vector<int32_t>{-1}));
}

TEST(JoinLayers, ALayerWithoutOperatorJoinsByItsIndex) {
    types::Measurement window = layer(2, "");
    const auto joined = joinedTo(sessionOf({window}), *tinyGraph());
    EXPECT_EQ(joined.measurements[0].key, "#2 FULLY_CONNECTED");
    EXPECT_EQ(joined.measurements[0].op, "FULLY_CONNECTED");
}

TEST(JoinLayers, WhatDoesNotJoinIsSaid) {
    const auto joined = joinedTo(sessionOf({layer(0, "CONV_2D"), layer(7, "ADD")}), *tinyGraph());
    EXPECT_TRUE(hasWarning(joined, "the model does not have: #7 ADD"));
    EXPECT_TRUE(hasWarning(joined, "#3 SOFTMAX"));
}

// 100 cycles for 1,728 MACs.
TEST(JoinLayers, ImplausibleCyclesAreDoubted) {
    EXPECT_TRUE(
        hasWarning(joinedTo(sessionOf({layer(0, "CONV_2D")}), *tinyGraph()), "17.3 MACs a cycle"));
}

TEST(JoinLayers, ALayerWithoutOperatorIsListedOnce) {
    auto loads = layer(9, "ADD");
    loads.key += "/loads";
    const auto join =
        joinLayers(sessionOf({layer(9, "ADD"), layer(7, "ADD"), loads}), *tinyGraph());
    EXPECT_EQ(join.unmatchedLayers, (std::vector<std::string>{"#9 ADD", "#7 ADD"}));
}

}  // namespace
}  // namespace importers
