// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/graph_builder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "analysis/op_version.h"
#include "analysis/real_values.h"
#include "zoo/value_spread.h"

namespace {

using namespace zoo;
using types::DataType;
using types::Graph;
using types::OpKind;
using types::Shape;

/// Every kind of layer once.
types::Result<types::GraphPtr> manyLayers(Precision precision) {
    GraphBuilder build("many", precision);
    Value x = build.input({1, 12, 12, 3});
    x = build.pad(x, {{0, 0}, {1, 1}, {1, 1}, {0, 0}});
    x = build.conv(x, 8, 3, 1, Padding::Valid, Activation::Relu6);
    const Value wide = build.groupedConv(x, 8, 2, 3, 1, Padding::Same, Activation::Relu);
    Value y = build.depthwise(x, 3, 1, Padding::Same, Activation::Relu, 2);
    y = build.conv(y, 8, 1);
    y = build.add(y, wide);
    y = build.mul(y, build.constant({1, 1, 1, 8}, {1, 2, 3, 4, -1, -2, -3, -4}));
    y = build.concat({y, build.unary(OpKind::HARD_SWISH, x), build.unary(OpKind::LEAKY_RELU, x)});
    y = build.resizeNearest(build.maxPool(y, 2, 2), 4);
    Value gate = build.unary(OpKind::LOGISTIC, build.mean(y, {1, 2}, true));
    y = build.transpose(build.mul(y, gate), {0, 1, 3, 2});
    y = build.squeeze(build.averagePool(build.transpose(y, {0, 1, 3, 2}), 4, 4));
    y = build.unary(OpKind::TANH, build.reshape(y, {1, 24}));
    return build.finish({build.softmax(build.fullyConnected(y, 5))});
}

TEST(GraphBuilder, MakesValidGraphsOfEveryLayer) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        const auto graph = manyLayers(precision);
        ASSERT_TRUE(graph) << graph.error().message();
        const Graph& g = **graph;
        EXPECT_EQ(g.tensor(g.outputs[0]).shape, (Shape{1, 5}));
        const auto type = precision == Precision::Int8 ? DataType::Int8 : DataType::Float32;
        for (const auto& op : g.ops)
            EXPECT_EQ(g.tensor(op.output(0)).type, type) << op.name();
    }
}

// The same versions as the quantizer writes.
TEST(GraphBuilder, WritesTheVersionsOfItsTypes) {
    const auto graph = manyLayers(Precision::Int8);
    ASSERT_TRUE(graph) << graph.error().message();
    for (const auto& op : (*graph)->ops) {
        EXPECT_EQ(op.version, analysis::opVersion(**graph, op)) << op.name();
        if (op.kind == OpKind::LEAKY_RELU || op.kind == OpKind::QUANTIZE) {
            EXPECT_EQ(op.version, 1) << op.name();
        }
    }
}

TEST(GraphBuilder, TheFirstImpossibleLayerIsTheErrorOfTheGraph) {
    GraphBuilder build("wrong");
    Value x = build.input({1, 2, 2, 3});
    x = build.averagePool(x, 5, 5);
    x = build.softmax(build.fullyConnected(build.flatten(build.conv(x, 4, 3)), 3));
    const auto graph = build.finish({x});
    ASSERT_FALSE(graph);
    EXPECT_NE(graph.error().what.find("5x5"), std::string::npos) << graph.error().message();
}

TEST(GraphBuilder, FollowsTheConventionsOfInt8Models) {
    GraphBuilder build("int8", Precision::Int8);
    Value x = build.input({1, 8, 8, 3}, 0, 1);
    x = build.conv(x, 6, 3, 1, Padding::Same, Activation::Relu);
    x = build.depthwise(x, 3);
    x = build.softmax(build.fullyConnected(build.flatten(x), 4));
    const auto graph = build.finish({x});
    ASSERT_TRUE(graph) << graph.error().message();
    const Graph& g = **graph;
    const auto& in = g.tensor(g.inputs[0]).quantization;
    EXPECT_FLOAT_EQ(in.scale[0], 1.0f / 255);
    EXPECT_EQ(in.zeroPoint[0], -128);
    const int32_t channelAxis[] = {0, 3};
    for (size_t op = 0; op < 2; ++op) {
        const auto& filter = g.tensor(g.ops[op].input(1));
        const auto& bias = g.tensor(g.ops[op].input(2));
        const auto& input = g.tensor(g.ops[op].input(0)).quantization;
        ASSERT_EQ(filter.quantization.scale.size(), 6u);
        EXPECT_EQ(filter.quantization.axis, channelAxis[op]);
        EXPECT_EQ(bias.type, DataType::Int32);
        for (size_t c = 0; c < 6; ++c) {
            EXPECT_EQ(filter.quantization.zeroPoint[c], 0);
            EXPECT_EQ(bias.quantization.scale[c], input.scale[0] * filter.quantization.scale[c]);
        }
    }
    EXPECT_EQ(g.tensor(g.ops[3].input(1)).quantization.scale.size(), 1u);
    const auto& out = g.tensor(g.outputs[0]).quantization;
    EXPECT_EQ(out.scale[0], 1.0f / 256);
    EXPECT_EQ(out.zeroPoint[0], -128);
    // A rectified activation starts at the lowest code.
    EXPECT_EQ(g.tensor(g.ops[0].output(0)).quantization.zeroPoint[0], -128);
}

TEST(GraphBuilder, EditedWeightsAreQuantizedAsEdited) {
    for (Precision precision : {Precision::Float32, Precision::Int8}) {
        GraphBuilder build("edited", precision);
        const Value x = build.input({1, 4, 4, 2});
        build.editNext([](LayerWeights& w) {
            for (size_t i = 0; i < w.filter.size(); ++i)
                w.filter[i] = i < 2 ? 0.5f : -0.25f;
            w.bias = {1, -1};
        });
        const auto graph = build.finish({build.conv(x, 2, 1)});
        ASSERT_TRUE(graph) << graph.error().message();
        const Graph& g = **graph;
        const int32_t filter = g.ops[0].input(1), bias = g.ops[0].input(2);
        const auto weights = analysis::dequantize(g.tensor(filter), g.constantData(filter).view());
        const auto biases = analysis::dequantize(g.tensor(bias), g.constantData(bias).view());
        EXPECT_FLOAT_EQ(weights[1], 0.5f);
        EXPECT_FLOAT_EQ(weights[3], -0.25f);
        EXPECT_NEAR(biases[0], 1, 1e-4);
        EXPECT_NEAR(biases[1], -1, 1e-4);
    }
}

TEST(GraphBuilder, TheSameSeedGivesTheSameBytes) {
    const auto bytesOf = [](uint64_t seed) {
        GraphBuilder build("seeded", Precision::Int8, seed);
        const Value x = build.conv(build.input({1, 4, 4, 2}), 3, 3);
        const auto graph = build.finish({x}).value();
        const auto view = graph->constantData(graph->ops[0].input(1)).view();
        return std::vector<uint8_t>(view.begin(), view.end());
    };
    EXPECT_EQ(bytesOf(5), bytesOf(5));
    EXPECT_NE(bytesOf(5), bytesOf(6));
}

TEST(ValueSpread, RectifyingANormalValueKeepsItsUpperHalf) {
    const Spread after = activated(normalSpread(0, 4), Activation::Relu);
    EXPECT_NEAR(after.mean, 2 * 0.398942, 1e-5);  // deviation / sqrt(2 pi)
    EXPECT_NEAR(after.square, 2, 1e-9);
    EXPECT_EQ(after.low, 0);
    EXPECT_NEAR(after.high, 8, 1e-9);
    const Spread far = activated(normalSpread(100, 1), Activation::Relu);
    EXPECT_NEAR(far.mean, 100, 0.01);
    EXPECT_NEAR(far.square, 10001, 1.5);
}

TEST(ValueSpread, ZeroAlwaysHasACode) {
    for (const auto& [low, high] : {std::pair{-1.0, 3.0}, {0.0, 1.0}, {2.0, 3.0}, {-3.0, -2.0}}) {
        const auto q = int8Quantization(low, high);
        EXPECT_GE(q.zeroPoint[0], -128);
        EXPECT_LE(q.zeroPoint[0], 127);
        const double top = q.scale[0] * static_cast<double>(127 - q.zeroPoint[0]);
        const double bottom = q.scale[0] * static_cast<double>(-128 - q.zeroPoint[0]);
        EXPECT_NEAR(top, std::max(high, 0.0), q.scale[0]);
        EXPECT_NEAR(bottom, std::min(low, 0.0), q.scale[0]);
    }
}

}  // namespace
