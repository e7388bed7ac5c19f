// SPDX-License-Identifier: GPL-3.0-or-later
// NCHW to NHWC: axes, reshapes, transposes.
#include <algorithm>
#include <numeric>

#include "model_builder.h"
#include "onnx/view.h"

namespace {

using namespace onnx_test;
using types::OpKind;
using types::Shape;

types::GraphPtr opened(ModelBuilder& model) {
    const auto graph = model.open();
    if (graph) return *graph;
    ADD_FAILURE() << graph.error().message();
    return nullptr;
}

bool contains(const types::Graph& graph, OpKind kind) {
    const auto kinds = kindsOf(graph);
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

TEST(OnnxView, ReshapesAndTransposesWithoutMovingData) {
    const onnx::View image = onnx::viewOf(0, {1, 8, 4, 4}, onnx::channelsLast(4));
    EXPECT_EQ(image.dims, (Shape{1, 4, 4, 8}));
    EXPECT_TRUE(onnx::isInOrder(image, {0, 2, 3, 1}));
    EXPECT_FALSE(onnx::isInOrder(image, {0, 1, 2, 3}));
    const onnx::View split = onnx::reshapedView(image, {1, 2, 4, 4, 4});
    EXPECT_TRUE(split.isPlain());
    const onnx::View flat = onnx::reshapedView(image, {1, 128});
    EXPECT_FALSE(flat.isPlain());
    EXPECT_EQ(onnx::reshapedView(flat, {1, 8, 4, 4}).order, image.order);
    const onnx::View sequence = onnx::reshapedView(image, {1, 8, 16});
    EXPECT_TRUE(sequence.isPlain());
    EXPECT_TRUE(onnx::isInOrder(onnx::transposedView(sequence, {0, 2, 1}), {0, 1, 2}));
}

/// A convolution in front makes the memory NHWC.
ModelBuilder afterIdentityConv(const std::vector<int64_t>& dims, int64_t opset = 13) {
    ModelBuilder model(opset);
    const auto channels = static_cast<size_t>(dims[1]);
    std::vector<float> unit(channels * channels, 0.0f);
    for (size_t c = 0; c < channels; ++c)
        unit[c * channels + c] = 1;
    model.input("x", dims).floats("unit", {dims[1], dims[1], 1, 1}, unit);
    model.node("Conv", {"x", "unit"}, {"image"});
    return model;
}

TEST(OnnxLayout, FlattenBeforeGemmPermutesTheWeights) {
    const auto values = noise(2 * 3 * 4), weights = noise(5 * 24, 2), bias = noise(5, 3);
    for (const char* op : {"Flatten", "Reshape"}) {
        ModelBuilder model = afterIdentityConv({1, 2, 3, 4});
        model.floats("w", {5, 24}, weights).floats("b", {5}, bias).ints("shape", {1, -1});
        if (std::string(op) == "Flatten")
            model.node(op, {"image"}, {"flat"});
        else
            model.node(op, {"image", "shape"}, {"flat"});
        model.node("Gemm", {"flat", "w", "b"}, {"y"}).i("transB", 1);
        const auto graph = opened(model.output("y"));
        ASSERT_TRUE(graph);
        EXPECT_EQ(kindsOf(*graph), (std::vector{OpKind::CONV_2D, OpKind::FULLY_CONNECTED}));
        const auto actual = run<float, float>(*graph, {channelsLast(values, 2)});
        for (size_t u = 0; u < 5; ++u) {
            float sum = bias[u];
            for (size_t i = 0; i < 24; ++i)
                sum += weights[u * 24 + i] * values[i];
            EXPECT_NEAR(actual[u], sum, 1e-4f);
        }
    }
}

TEST(OnnxLayout, TransposeToTheOtherLayoutVanishes) {
    const auto values = noise(2 * 3 * 4);
    ModelBuilder model = afterIdentityConv({1, 2, 3, 4});
    model.node("Transpose", {"image"}, {"y"}).ints("perm", {0, 2, 3, 1});
    const auto graph = opened(model.output("y"));
    ASSERT_TRUE(graph);
    EXPECT_FALSE(contains(*graph, OpKind::TRANSPOSE));
    const auto nhwc = channelsLast(values, 2);
    expectNear(run<float, float>(*graph, {nhwc}), nhwc);
}

TEST(OnnxLayout, AnInputThatIsTransposedFirstStaysAsItIs) {
    ModelBuilder model;
    model.input("x", {1, 3, 4, 2}).floats("w", {1, 2, 1, 1}, {1, 2});
    model.node("Transpose", {"x"}, {"image"}).ints("perm", {0, 3, 1, 2});
    model.node("Conv", {"image", "w"}, {"y"});
    const auto graph = opened(model.output("y"));
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->tensor(graph->inputs[0]).shape, (Shape{1, 3, 4, 2}));
    EXPECT_EQ(kindsOf(*graph), std::vector{OpKind::CONV_2D});
}

/// Where each element of an NCHW result comes from: the values are their own indices.
std::vector<float> counting(size_t count) {
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 0.0f);
    return values;
}

TEST(OnnxLayout, ChannelShuffleIsOneTranspose) {
    ModelBuilder model = afterIdentityConv({1, 6, 2, 2});
    model.ints("split", {1, 2, 3, 2, 2}).ints("join", {1, 6, 2, 2});
    model.node("Reshape", {"image", "split"}, {"groups"});
    model.node("Transpose", {"groups"}, {"turned"}).ints("perm", {0, 2, 1, 3, 4});
    model.node("Reshape", {"turned", "join"}, {"shuffled"});
    model.node("Relu", {"shuffled"}, {"y"});
    const auto graph = opened(model.output("y"));
    ASSERT_TRUE(graph);
    const auto kinds = kindsOf(*graph);
    EXPECT_LE(std::count(kinds.begin(), kinds.end(), OpKind::TRANSPOSE), 1);
    const auto values = counting(24);
    const auto actual = run<float, float>(*graph, {channelsLast(values, 6)});
    std::vector<float> expected;
    for (const size_t channel : {0, 3, 1, 4, 2, 5})
        for (size_t p = 0; p < 4; ++p)
            expected.push_back(values[channel * 4 + p]);
    const bool isImage = graph->tensor(graph->outputs[0]).shape.back() == 6;
    expectNear(actual, isImage ? channelsLast(expected, 6) : expected);
}

TEST(OnnxLayout, AxesFollow) {
    const auto values = counting(2 * 3 * 4);
    struct Case {
        const char* op;
        std::vector<float> expected;  ///< channels first
    };
    ModelBuilder concat = afterIdentityConv({1, 2, 3, 4});
    concat.node("Concat", {"image", "image"}, {"y"}).i("axis", 1);
    auto graph = opened(concat.output("y"));
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->tensor(graph->outputs[0]).shape, (Shape{1, 3, 4, 4}));
    ModelBuilder slice = afterIdentityConv({1, 2, 3, 4});
    slice.ints("starts", {-1}).ints("ends", {INT64_MAX}).ints("axes", {1});
    slice.node("Slice", {"image", "starts", "ends", "axes"}, {"y"});
    graph = opened(slice.output("y"));
    ASSERT_TRUE(graph);
    expectNear(run<float, float>(*graph, {channelsLast(values, 2)}),
               {values.begin() + 12, values.end()});
    ModelBuilder mean = afterIdentityConv({1, 2, 3, 4});
    mean.node("ReduceMean", {"image"}, {"y"}).ints("axes", {1}).i("keepdims", 0);
    graph = opened(mean.output("y"));
    ASSERT_TRUE(graph);
    std::vector<float> means;
    for (size_t i = 0; i < 12; ++i)
        means.push_back((values[i] + values[i + 12]) / 2);
    expectNear(run<float, float>(*graph, {channelsLast(values, 2)}), means);
}

TEST(OnnxLayout, SoftmaxOverChannelsIsTheLastAxis) {
    ModelBuilder model = afterIdentityConv({1, 3, 2, 2});
    model.node("Softmax", {"image"}, {"y"}).i("axis", 1);
    const auto graph = opened(model.output("y"));
    ASSERT_TRUE(graph);
    EXPECT_EQ(kindsOf(*graph), (std::vector{OpKind::CONV_2D, OpKind::SOFTMAX}));
}

TEST(OnnxLayout, ShapeChainsFold) {
    ModelBuilder model = afterIdentityConv({0, 2, 3, 4});
    model.ints("zero", {0}).ints("rest", {-1}).floats("w", {24, 2}, noise(48));
    model.node("Shape", {"image"}, {"shape"});
    model.node("Gather", {"shape", "zero"}, {"batch"}).i("axis", 0);
    model.node("Concat", {"batch", "rest"}, {"target"}).i("axis", 0);
    model.node("Reshape", {"image", "target"}, {"flat"});
    model.node("MatMul", {"flat", "w"}, {"y"});
    const auto graph = opened(model.output("y"));
    ASSERT_TRUE(graph);
    EXPECT_EQ(kindsOf(*graph), (std::vector{OpKind::CONV_2D, OpKind::FULLY_CONNECTED}));
    EXPECT_EQ(graph->tensor(graph->inputs[0]).shape, (Shape{1, 3, 4, 2}));
}

TEST(OnnxLayout, NearestNeighboursFollowTheRuleOfTheModel) {
    const auto values = counting(4 * 4);
    for (const char* rounding : {"floor", "ceil", "round_prefer_floor"}) {
        ModelBuilder model = afterIdentityConv({1, 1, 4, 4});
        model.floats("roi", {0}, {}).floats("scales", {4}, {1, 1, 0.5f, 0.5f});
        model.node("Resize", {"image", "roi", "scales"}, {"y"})
            .s("mode", "nearest")
            .s("nearest_mode", rounding);
        const auto graph = opened(model.output("y"));
        ASSERT_TRUE(graph);
        // Half pixels: output 0 lies at 0.5, output 1 at 2.5.
        const float first = std::string(rounding) == "ceil" ? 1.0f : 0.0f;
        const float second = first + 2;
        expectNear(run<float, float>(*graph, {values}),
                   {first * 5, first * 4 + second, second * 4 + first, second * 5});
    }
}

}  // namespace
