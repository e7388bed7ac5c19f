// SPDX-License-Identifier: GPL-3.0-or-later
// Layers in different precisions, and the types of inputs and outputs.
#include "quantized_net.h"

namespace {

using namespace quantized;

TEST(MixedPrecision, ConversionsStandAtTheBordersOnly) {
    const auto net = smallNet();
    auto variation = in(Precision::Int8);
    variation.layers[1].precision = Precision::Float32;  // the depthwise convolution
    variation.layers[2].precision = Precision::Int16x8;  // the one behind it
    const auto result = apply(net, variation, dataFor(*net));
    const Graph& graph = *result.graph;
    EXPECT_EQ(countOf(graph, OpKind::DEQUANTIZE), 1);
    EXPECT_EQ(countOf(graph, OpKind::QUANTIZE), 2);
    EXPECT_TRUE(mentions(result.changes, "3 QUANTIZE or DEQUANTIZE"));
    EXPECT_EQ(outputOf(graph, first(graph, OpKind::DEPTHWISE_CONV_2D)).type, DataType::Float32);
    for (const auto& op : graph.ops) {
        const bool inserted = op.kind == OpKind::QUANTIZE || op.kind == OpKind::DEQUANTIZE;
        EXPECT_EQ(op.origin, inserted ? -1 : op.origin);
    }
    EXPECT_GT(sqnrDb(*net, graph), 20);
}

TEST(MixedPrecision, OperatorsThatMoveCodesFollowTheirSource) {
    const auto net = smallNet();
    auto variation = in(Precision::Int8);
    variation.layers[3].precision = Precision::Int16x8;  // the sum in front of the pool
    const auto graph = apply(net, variation, dataFor(*net)).graph;
    EXPECT_EQ(outputOf(*graph, first(*graph, OpKind::AVERAGE_POOL_2D)).type, DataType::Int16);
    EXPECT_EQ(outputOf(*graph, first(*graph, OpKind::RESHAPE)).type, DataType::Int16);
    EXPECT_EQ(outputOf(*graph, first(*graph, OpKind::FULLY_CONNECTED)).type, DataType::Int8);
}

TEST(MixedPrecision, LayersWithoutAKnobKeepTheirCodes) {
    const auto net = smallNet();
    const auto int8 = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    types::Variation variation;
    variation.layers[2].precision = Precision::Float32;
    const auto graph = apply(int8, variation, dataFor(*net)).graph;
    const auto& before = first(*int8, OpKind::FULLY_CONNECTED);
    const auto& after = first(*graph, OpKind::FULLY_CONNECTED);
    EXPECT_TRUE(std::ranges::equal(int8->constantData(before.inputs[1]).view(),
                                   graph->constantData(after.inputs[1]).view()));
    EXPECT_EQ(inputOf(*int8, before).quantization.scale, inputOf(*graph, after).quantization.scale);
    EXPECT_EQ(inputOf(*int8, before).quantization.zeroPoint,
              inputOf(*graph, after).quantization.zeroPoint);
}

TEST(MixedPrecision, InputsAndOutputsTakeTheTypesAskedFor) {
    const auto net = smallNet();
    for (DataType type : {DataType::Float32, DataType::Int8, DataType::UInt8, DataType::Int16}) {
        for (Precision precision : {Precision::Int8, Precision::Int16x8, Precision::Float32}) {
            auto variation = in(precision);
            variation.quantize.inputType = variation.quantize.outputType = type;
            const auto graph = apply(net, variation, dataFor(*net)).graph;
            EXPECT_EQ(graph->tensor(graph->inputs[0]).type, type);
            EXPECT_EQ(graph->tensor(graph->outputs[0]).type, type);
            EXPECT_EQ(graph->inputs, net->inputs) << "signatures name these tensors";
            EXPECT_EQ(graph->outputs, net->outputs);
            EXPECT_GT(sqnrDb(*net, *graph), 20);
        }
    }
}

TEST(MixedPrecision, ChangingTheInterfaceAloneChangesNoCode) {
    const auto net = smallNet();
    const auto int8 = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    types::Variation variation;
    variation.quantize.inputType = variation.quantize.outputType = DataType::Float32;
    const auto graph = apply(int8, variation, nullptr).graph;
    const auto samples = dataFor(*net, 12)->samples;
    EXPECT_EQ(outputsOf(*int8, samples), outputsOf(*graph, samples));
}

TEST(MixedPrecision, TypesThatNoModelHasAreRefused) {
    auto variation = in(Precision::Int8);
    variation.quantize.inputType = DataType::Int64;
    std::vector<std::string> changes;
    const auto refused = quantize::quantize(smallNet(), variation, {}, {}, changes);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message().find("int64"), std::string::npos);
}

TEST(MixedPrecision, WhatHasNoKernelStaysInFloatAndIsNamed) {
    zoo::GraphBuilder build("unary");
    auto x = build.conv(build.input({1, 4, 4, 2}), 3, 1);
    x = build.op(OpKind::RESIZE_BILINEAR, {x, build.intConstant({4, 4})}, types::ResizeOptions{});
    const auto net = *build.finish({build.conv(x, 2, 1)});
    const auto result = apply(net, in(Precision::Int16x8), dataFor(*net));
    EXPECT_EQ(outputOf(*result.graph, first(*result.graph, OpKind::RESIZE_BILINEAR)).type,
              DataType::Float32);
    EXPECT_TRUE(mentions(result.changes, "#1 RESIZE_BILINEAR computes in float32"));
}

}  // namespace
