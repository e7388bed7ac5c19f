// SPDX-License-Identifier: GPL-3.0-or-later
// Whole models in one precision.
#include "quantize/quantize_graph.h"

#include <cstring>

#include "quantized_net.h"

namespace {

using namespace quantized;

TEST(Quantize, NothingAskedIsTheVeryGraph) {
    const auto graph = smallNet();
    std::vector<std::string> changes;
    const auto same = quantize::quantize(graph, {}, {}, {}, changes);
    ASSERT_TRUE(same);
    EXPECT_EQ(*same, graph);
    EXPECT_TRUE(changes.empty());
}

TEST(Quantize, Int8FollowsThePublishedRules) {
    const auto net = smallNet();
    const auto graph = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    for (const auto& op : graph->ops)
        EXPECT_EQ(outputOf(*graph, op).type, DataType::Int8) << op.name();
    const auto& conv = first(*graph, OpKind::CONV_2D);
    const auto& filter = inputOf(*graph, conv, 1);
    const auto& bias = inputOf(*graph, conv, 2);
    EXPECT_EQ(filter.type, DataType::Int8);
    ASSERT_EQ(filter.quantization.scale.size(), 8u);
    EXPECT_EQ(filter.quantization.zeroPoint, std::vector<int64_t>(8, 0));
    EXPECT_EQ(filter.quantization.axis, 0);
    EXPECT_EQ(bias.type, DataType::Int32);
    for (size_t c = 0; c < 8; ++c)
        EXPECT_FLOAT_EQ(bias.quantization.scale[c],
                        inputOf(*graph, conv).quantization.scale[0] * filter.quantization.scale[c]);
    EXPECT_EQ(inputOf(*graph, first(*graph, OpKind::DEPTHWISE_CONV_2D), 1).quantization.axis, 3);
    const auto& softmax = outputOf(*graph, first(*graph, OpKind::SOFTMAX)).quantization;
    EXPECT_FLOAT_EQ(softmax.scale[0], 1.0f / 256);
    EXPECT_EQ(softmax.zeroPoint[0], -128);
}

TEST(Quantize, BothKernelSetsAgree) {
    const auto net = smallNet();
    for (Precision precision : {Precision::Int8, Precision::Int16x8, Precision::Int8W4}) {
        const auto graph = apply(net, in(precision), dataFor(*net)).graph;
        const auto samples = dataFor(*net, 12)->samples;
        EXPECT_EQ(outputsOf(*graph, samples, lowering::Kernels::Reference),
                  outputsOf(*graph, samples, lowering::Kernels::Fast));
    }
}

TEST(Quantize, MoreBitsAreNearerToTheOriginal) {
    const auto net = smallNet();
    const auto sqnr = [&](Precision precision) {
        return sqnrDb(*net, *apply(net, in(precision), dataFor(*net)).graph);
    };
    const double four = sqnr(Precision::Int8W4), eight = sqnr(Precision::Int8),
                 sixteen = sqnr(Precision::Int16x8);
    EXPECT_GT(eight, 25);
    EXPECT_GT(eight, four + 6);
    EXPECT_GT(sixteen, eight + 3);
}

TEST(Quantize, FourBitCodesAreSymmetric) {
    const auto net = smallNet();
    const auto graph = apply(net, in(Precision::Int8W4), dataFor(*net)).graph;
    for (const auto& op : graph->ops) {
        if (op.kind != OpKind::CONV_2D) continue;
        types::Tensor codes = inputOf(*graph, op, 1);
        EXPECT_EQ(codes.type, DataType::Int4);
        codes.quantization = {};
        const auto values = analysis::dequantize(codes, graph->constantData(op.inputs[1]).view());
        EXPECT_GE(std::ranges::min(values), -7);
        EXPECT_LE(std::ranges::max(values), 7);
    }
}

TEST(Quantize, SixteenBitsAreSymmetricWithWideBiases) {
    const auto net = smallNet();
    const auto graph = apply(net, in(Precision::Int16x8), dataFor(*net)).graph;
    for (const auto& op : graph->ops) {
        EXPECT_EQ(outputOf(*graph, op).type, DataType::Int16);
        EXPECT_EQ(outputOf(*graph, op).quantization.zeroPoint[0], 0);
    }
    EXPECT_EQ(inputOf(*graph, first(*graph, OpKind::CONV_2D), 2).type, DataType::Int64);
    EXPECT_FLOAT_EQ(outputOf(*graph, first(*graph, OpKind::SOFTMAX)).quantization.scale[0],
                    1.0f / 32768);
}

TEST(Quantize, WeightsPerTensorHaveOneScale) {
    const auto net = smallNet();
    auto variation = in(Precision::Int8);
    variation.quantize.perChannel = false;
    const auto graph = apply(net, variation, dataFor(*net)).graph;
    EXPECT_EQ(inputOf(*graph, first(*graph, OpKind::CONV_2D), 1).quantization.scale.size(), 1u);
}

TEST(Quantize, QuantizedModelsGoBackToFloat) {
    const auto net = smallNet();
    const auto int8 = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    const auto back = apply(int8, in(Precision::Float32), nullptr).graph;
    for (const auto& op : back->ops)
        EXPECT_EQ(outputOf(*back, op).type, DataType::Float32);
    EXPECT_EQ(countOf(*back, OpKind::DEQUANTIZE), 0);
    EXPECT_GT(sqnrDb(*net, *back), sqnrDb(*net, *int8));
}

TEST(Quantize, WithoutDataTheOwnScalesServe) {
    const auto net = smallNet();
    const auto int8 = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    const auto again = apply(int8, in(Precision::Int16x8), nullptr);
    EXPECT_TRUE(mentions(again.changes, "the model's own scales"));
    EXPECT_GT(sqnrDb(*net, *again.graph), 25);
}

TEST(Quantize, RandomInputsAreSaidToBeRandom) {
    const auto result = apply(smallNet(), in(Precision::Int8), nullptr);
    EXPECT_TRUE(mentions(result.changes, "32 random inputs"));
    EXPECT_TRUE(mentions(result.changes, "choose a calibration dataset"));
}

TEST(Quantize, BiasesThatDoNotFitWidenTheScale) {
    zoo::GraphBuilder build("bias");
    auto x = build.input({1, 4}, -1e-6, 1e-6);
    build.editNext([](zoo::LayerWeights& weights) {
        for (float& weight : weights.filter)
            weight *= 1e-6f;
        weights.bias[0] = 50;
    });
    const auto net = *build.finish({build.fullyConnected(x, 2)});
    auto data = std::make_shared<calibration::RealInputs>();
    data->samples.push_back({{1e-6f, -1e-6f, 0, 0}});
    for (const auto precision : {Precision::Int8, Precision::Int16x8}) {
        const auto graph = apply(net, in(precision), data).graph;
        EXPECT_NEAR(outputsOf(*graph, data->samples)[0], 50, 0.5);
        const int32_t bias = first(*graph, OpKind::FULLY_CONNECTED).inputs[2];
        if (graph->tensor(bias).type != DataType::Int64) continue;
        // TFLM rescales sums of 48 bits.
        int64_t code;
        std::memcpy(&code, graph->constantData(bias).view().data(), sizeof code);
        EXPECT_LT(code, int64_t{1} << 47);
    }
}

TEST(Quantize, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    std::vector<std::string> changes;
    const auto stopped =
        quantize::quantize(smallNet(), in(Precision::Int8), {}, {stop.get_token()}, changes);
    ASSERT_FALSE(stopped);
    EXPECT_TRUE(stopped.error().isCancelled());
}

}  // namespace
