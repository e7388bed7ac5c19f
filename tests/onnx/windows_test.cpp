// SPDX-License-Identifier: GPL-3.0-or-later
// Convolutions and pools against their definition, channels first.
#include "model_builder.h"
#include "plain_windows.h"

namespace {

using namespace onnx_test;
using types::OpKind;

Image imageOf(int channels, int height, int width, uint32_t seed = 1) {
    return {channels, height, width, noise(static_cast<size_t>(channels * height * width), seed)};
}

std::vector<float> runImage(ModelBuilder& model, const Image& in) {
    const auto graph = model.output("y").open();
    if (!graph) {
        ADD_FAILURE() << graph.error().message();
        return {};
    }
    return run<float, float>(**graph, {channelsLast(in.values, static_cast<size_t>(in.channels))});
}

void setWindow(NodeHandle node, const PlainWindow& w) {
    node.ints("kernel_shape", {w.kernel, w.kernel}).ints("strides", {w.stride, w.stride});
    node.ints("pads", w.pads);
}

struct ConvCase {
    int channels, height, width, filters;
    PlainWindow window;
};

const ConvCase kConvCases[] = {
    {3, 8, 7, 4, {3, 1, 1, 1, {1, 1, 1, 1}}},   {3, 8, 8, 4, {3, 2, 1, 1, {1, 1, 1, 1}}},
    {3, 9, 8, 4, {3, 2, 1, 1, {0, 1, 2, 0}}},   {4, 7, 9, 4, {3, 1, 1, 4, {1, 1, 1, 1}}},
    {4, 6, 6, 8, {3, 2, 1, 4, {1, 1, 1, 1}}},   {4, 6, 6, 6, {1, 1, 1, 2, {0, 0, 0, 0}}},
    {2, 10, 10, 3, {3, 1, 2, 1, {2, 2, 2, 2}}}, {1, 5, 5, 2, {2, 3, 1, 1, {0, 0, 0, 0}}},
    {2, 6, 5, 3, {4, 2, 1, 1, {1, 2, 1, 2}}},
};

TEST(OnnxConv, EqualsItsDefinitionForEveryPaddingAndGroup) {
    for (const ConvCase& test : kConvCases) {
        const Image in = imageOf(test.channels, test.height, test.width);
        const PlainWindow& w = test.window;
        const int perGroup = test.channels / w.groups;
        const auto weights =
            noise(static_cast<size_t>(test.filters * perGroup * w.kernel * w.kernel), 2);
        const auto bias = noise(static_cast<size_t>(test.filters), 3);
        ModelBuilder model;
        model.input("x", {1, in.channels, in.height, in.width});
        model.floats("w", {test.filters, perGroup, w.kernel, w.kernel}, weights);
        model.floats("b", {test.filters}, bias);
        auto node = model.node("Conv", {"x", "w", "b"}, {"y"});
        setWindow(node, w);
        node.i("group", w.groups).ints("dilations", {w.dilation, w.dilation});
        const Image expected = plainConv(in, weights, test.filters, bias, w);
        expectNear(runImage(model, in),
                   channelsLast(expected.values, static_cast<size_t>(test.filters)));
    }
}

TEST(OnnxConv, OfOneAxisIsAnImageOfHeightOne) {
    const auto values = noise(2 * 12), weights = noise(3 * 2 * 3, 2);
    ModelBuilder model;
    model.input("x", {1, 2, 12}).floats("w", {3, 2, 3}, weights);
    model.node("Conv", {"x", "w"}, {"y"}).ints("strides", {2}).ints("pads", {1, 0});
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    EXPECT_EQ((*graph)->tensor((*graph)->outputs[0]).shape, (types::Shape{1, 6, 3}));
    const auto actual = run<float, float>(**graph, {channelsLast(values, 2)});
    for (size_t f = 0; f < 3; ++f)
        for (size_t x = 0; x < 6; ++x) {
            float sum = 0;
            for (size_t c = 0; c < 2; ++c)
                for (size_t k = 0; k < 3; ++k) {
                    const size_t at = 2 * x + k;  // one before, by the padding
                    if (at >= 1) sum += values[c * 12 + at - 1] * weights[(f * 2 + c) * 3 + k];
                }
            EXPECT_NEAR(actual[x * 3 + f], sum, 1e-5f);
        }
}

TEST(OnnxConv, TakesSameAndValidAsTheyAre) {
    for (const char* mode : {"SAME_UPPER", "VALID"}) {
        ModelBuilder model;
        model.input("x", {1, 2, 8, 8}).floats("w", {2, 2, 3, 3}, noise(36));
        model.node("Conv", {"x", "w"}, {"y"}).s("auto_pad", mode).ints("strides", {2, 2});
        const auto graph = model.output("y").open();
        ASSERT_TRUE(graph) << graph.error().message();
        EXPECT_EQ(kindsOf(**graph), std::vector{OpKind::CONV_2D});
    }
}

TEST(OnnxConv, PadsWhatSameCannotSay) {
    ModelBuilder model;
    model.input("x", {1, 2, 8, 8}).floats("w", {2, 2, 3, 3}, noise(36));
    model.node("Conv", {"x", "w"}, {"y"}).ints("pads", {1, 1, 1, 1}).ints("strides", {2, 2});
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    EXPECT_EQ(kindsOf(**graph), (std::vector{OpKind::PAD, OpKind::CONV_2D}));
}

TEST(OnnxConv, TakesBatchNormalizationAndActivation) {
    const Image in = imageOf(2, 6, 6);
    const auto weights = noise(3 * 2 * 9, 2);
    const std::vector<float> gamma{1.5f, 0.5f, -2}, beta{0.1f, 0.2f, 0.3f}, mean{0.5f, -0.5f, 0},
        variance{1, 4, 0.25f};
    ModelBuilder model;
    model.input("x", {1, 2, 6, 6}).floats("w", {3, 2, 3, 3}, weights);
    model.floats("gamma", {3}, gamma).floats("beta", {3}, beta);
    model.floats("mean", {3}, mean).floats("variance", {3}, variance);
    model.node("Conv", {"x", "w"}, {"c"});
    model.node("BatchNormalization", {"c", "gamma", "beta", "mean", "variance"}, {"n"})
        .f("epsilon", 0);
    model.node("Relu", {"n"}, {"y"});
    Image expected = plainConv(in, weights, 3, {}, {3, 1, 1, 1, {0, 0, 0, 0}});
    for (size_t i = 0; i < expected.values.size(); ++i) {
        const size_t c = i / 16;
        const float normal = (expected.values[i] - mean[c]) / std::sqrt(variance[c]);
        expected.values[i] = std::max(0.0f, normal * gamma[c] + beta[c]);
    }
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    EXPECT_EQ(kindsOf(**graph), std::vector{OpKind::CONV_2D});
    expectNear(run<float, float>(**graph, {channelsLast(in.values, 2)}),
               channelsLast(expected.values, 3));
}

struct TransposeCase {
    int channels, size, filters, outputPadding;
    PlainWindow window;
};

const TransposeCase kTransposeCases[] = {
    {2, 4, 3, 0, {2, 2, 1, 1, {0, 0, 0, 0}}}, {2, 4, 3, 0, {3, 2, 1, 1, {1, 1, 1, 1}}},
    {2, 4, 3, 1, {3, 2, 1, 1, {1, 1, 1, 1}}}, {2, 4, 4, 0, {3, 1, 2, 2, {1, 1, 1, 1}}},
    {4, 3, 4, 1, {4, 2, 1, 4, {2, 1, 1, 2}}}, {1, 5, 1, 0, {1, 1, 1, 1, {0, 0, 0, 0}}},
};

TEST(OnnxConvTranspose, EqualsItsDefinition) {
    for (const TransposeCase& test : kTransposeCases) {
        const Image in = imageOf(test.channels, test.size, test.size + 1);
        const PlainWindow& w = test.window;
        const int perGroup = test.filters / w.groups;
        const auto weights =
            noise(static_cast<size_t>(test.channels * perGroup * w.kernel * w.kernel), 2);
        ModelBuilder model;
        model.input("x", {1, in.channels, in.height, in.width});
        model.floats("w", {test.channels, perGroup, w.kernel, w.kernel}, weights);
        auto node = model.node("ConvTranspose", {"x", "w"}, {"y"});
        setWindow(node, w);
        node.i("group", w.groups).ints("dilations", {w.dilation, w.dilation});
        node.ints("output_padding", {test.outputPadding, test.outputPadding});
        const Image expected = plainConvTranspose(in, weights, test.filters, w, test.outputPadding);
        expectNear(runImage(model, in),
                   channelsLast(expected.values, static_cast<size_t>(test.filters)));
    }
}

const PlainWindow kPools[] = {
    {2, 2, 1, 1, {0, 0, 0, 0}},
    {3, 2, 1, 1, {1, 1, 1, 1}},
    {3, 1, 1, 1, {1, 1, 1, 1}},
    {3, 2, 1, 1, {0, 1, 1, 0}},
};

TEST(OnnxPool, OfMaximaIgnoresPadding) {
    for (const PlainWindow& w : kPools) {
        const Image in = imageOf(3, 7, 8);
        ModelBuilder model;
        model.input("x", {1, 3, 7, 8});
        setWindow(model.node("MaxPool", {"x"}, {"y"}), w);
        expectNear(runImage(model, in), channelsLast(plainMaxPool(in, w).values, 3));
    }
}

TEST(OnnxPool, OfMeansCountsPaddingWhereToldTo) {
    for (const bool counts : {false, true})
        for (const PlainWindow& w : kPools) {
            const Image in = imageOf(3, 7, 8);
            ModelBuilder model;
            model.input("x", {1, 3, 7, 8});
            auto node = model.node("AveragePool", {"x"}, {"y"});
            setWindow(node, w);
            node.i("count_include_pad", counts ? 1 : 0);
            expectNear(runImage(model, in),
                       channelsLast(plainAveragePool(in, w, counts).values, 3));
        }
}

TEST(OnnxPool, GlobalMeanAndFlattenNeedNoTranspose) {
    const Image in = imageOf(3, 4, 5);
    ModelBuilder model;
    model.input("x", {1, 3, 4, 5});
    model.node("GlobalAveragePool", {"x"}, {"p"});
    model.node("Flatten", {"p"}, {"y"});
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    for (const OpKind kind : kindsOf(**graph))
        EXPECT_NE(kind, OpKind::TRANSPOSE);
    const auto actual = run<float, float>(**graph, {channelsLast(in.values, 3)});
    ASSERT_EQ(actual.size(), 3u);
    for (size_t c = 0; c < 3; ++c) {
        float sum = 0;
        for (size_t i = 0; i < 20; ++i)
            sum += in.values[c * 20 + i];
        EXPECT_NEAR(actual[c], sum / 20, 1e-5f);
    }
}

}  // namespace
