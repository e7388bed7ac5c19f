// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that require equal scales.
#include "quantized_net.h"

namespace {

using namespace quantized;

void expectOneScale(const Graph& graph, const types::Op& op) {
    const auto& wanted = outputOf(graph, op).quantization;
    for (int32_t input : op.inputs) {
        if (graph.tensor(input).type != DataType::Int8) continue;
        EXPECT_EQ(graph.tensor(input).quantization.scale, wanted.scale) << op.name();
        EXPECT_EQ(graph.tensor(input).quantization.zeroPoint, wanted.zeroPoint) << op.name();
    }
}

TEST(SharedScales, GoThroughConcatPoolPadReshapeAndTranspose) {
    zoo::GraphBuilder build("joins");
    auto x = build.input({1, 8, 8, 4});
    auto a = build.conv(x, 4, 3, 1, zoo::Padding::Same, zoo::Activation::Relu6);
    auto b = build.maxPool(build.conv(x, 4, 1), 1);
    auto y = build.pad(build.concat({a, b, x}), {{0, 0}, {1, 1}, {1, 1}, {0, 0}});
    y = build.flatten(build.transpose(y, {0, 2, 1, 3}));
    const auto net = *build.finish({build.fullyConnected(y, 3)});
    const auto graph = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    EXPECT_EQ(countOf(*graph, OpKind::QUANTIZE), 0);
    for (OpKind kind : {OpKind::CONCATENATION, OpKind::MAX_POOL_2D, OpKind::PAD, OpKind::TRANSPOSE,
                        OpKind::RESHAPE})
        expectOneScale(*graph, first(*graph, kind));
    EXPECT_GT(sqnrDb(*net, *graph), 25);
}

TEST(SharedScales, APrescribedScaleIsConvertedInFrontOfAConcat) {
    zoo::GraphBuilder build("fixed");
    auto x = build.input({1, 4, 4, 4});
    const auto gate = build.unary(OpKind::LOGISTIC, build.conv(x, 4, 1));
    const auto wide = build.conv(x, 4, 1);
    const auto net = *build.finish({build.concat({gate, wide})});
    const auto graph = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    EXPECT_EQ(countOf(*graph, OpKind::QUANTIZE), 1);
    EXPECT_FLOAT_EQ(outputOf(*graph, first(*graph, OpKind::LOGISTIC)).quantization.scale[0],
                    1.0f / 256);
    expectOneScale(*graph, first(*graph, OpKind::CONCATENATION));
    EXPECT_GT(sqnrDb(*net, *graph), 25);
}

TEST(SharedScales, ConstantsTakeTheScaleOfEachUser) {
    zoo::GraphBuilder build("constants");
    auto x = build.input({1, 4});
    const auto offsets = build.constant({4}, {0.5f, -0.25f, 3, 0});
    const auto sum = build.add(x, offsets);
    const auto net = *build.finish({build.mul(sum, offsets)});
    const auto graph = apply(net, in(Precision::Int8), dataFor(*net)).graph;
    EXPECT_EQ(first(*graph, OpKind::ADD).inputs[1], first(*graph, OpKind::MUL).inputs[1]);
    auto variation = in(Precision::Int8);
    variation.layers[1].precision = Precision::Float32;
    const auto mixed = apply(net, variation, dataFor(*net)).graph;
    EXPECT_EQ(inputOf(*mixed, first(*mixed, OpKind::ADD), 1).type, DataType::Int8);
    EXPECT_EQ(inputOf(*mixed, first(*mixed, OpKind::MUL), 1).type, DataType::Float32);
}

}  // namespace
