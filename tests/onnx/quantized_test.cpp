// SPDX-License-Identifier: GPL-3.0-or-later
// QDQ and QLinear models become integer models with the same codes.
#include <algorithm>
#include <cmath>

#include "analysis/real_values.h"
#include "model_builder.h"
#include "plain_windows.h"

namespace {

using namespace onnx_test;
using types::DataType;
using types::OpKind;

constexpr float kInputScale = 0.02f, kOutputScale = 0.05f;
constexpr int32_t kInputZero = 100, kOutputZero = 120;

/// One convolution of 2 to 3 channels with 8-bit weights per channel.
struct QuantizedConv {
    std::vector<int32_t> input, weights, bias;
    std::vector<float> weightScales{0.01f, 0.02f, 0.005f};

    QuantizedConv() {
        for (float x : noise(2 * 36))
            input.push_back(static_cast<int32_t>(128 + 127 * x));
        for (float x : noise(3 * 2 * 9, 2))
            weights.push_back(static_cast<int32_t>(127 * x));
        for (float x : noise(3, 3))
            bias.push_back(static_cast<int32_t>(500 * x));
    }
    std::vector<float> biasScales() const {
        std::vector<float> scales;
        for (float scale : weightScales)
            scales.push_back(kInputScale * scale);
        return scales;
    }
    /// uint8 codes of the result, by its definition on real numbers, channels first.
    std::vector<int> expected() const {
        Image in{2, 6, 6, {}};
        for (int32_t code : input)
            in.values.push_back(kInputScale * static_cast<float>(code - kInputZero));
        std::vector<float> w, b;
        for (size_t i = 0; i < weights.size(); ++i)
            w.push_back(weightScales[i / 18] * static_cast<float>(weights[i]));
        for (size_t c = 0; c < 3; ++c)
            b.push_back(biasScales()[c] * static_cast<float>(bias[c]));
        const Image out = plainConv(in, w, 3, b, {3, 1, 1, 1, {1, 1, 1, 1}});
        std::vector<int> codes;
        for (float value : out.values)
            codes.push_back(std::clamp(
                static_cast<int>(std::lround(std::max(0.0f, value) / kOutputScale)) + kOutputZero,
                0, 255));
        return codes;
    }
    std::vector<int8_t> inputCodes() const {
        std::vector<int8_t> codes;
        for (int32_t code : input)
            codes.push_back(static_cast<int8_t>(code - 128));
        return channelsLast(codes, 2);
    }
    void addConstants(ModelBuilder& model, int weightType) const {
        std::vector<int32_t> stored = weights;
        const int32_t zero = weightType == kUInt8 ? 128 : 0;
        for (int32_t& code : stored)
            code += zero;
        model.codes("w", {3, 2, 3, 3}, weightType, stored).floats("ws", {3}, weightScales);
        model.codes("wz", {3}, weightType, {zero, zero, zero});
        model.codes("b", {3}, kInt32, bias).floats("bs", {3}, biasScales());
        model.floats("xs", {}, {kInputScale}).codes("xz", {}, kUInt8, {kInputZero});
        model.floats("ys", {}, {kOutputScale}).codes("yz", {}, kUInt8, {kOutputZero});
    }
    ModelBuilder qdq(int weightType) const {
        ModelBuilder model;
        model.input("x", {1, 2, 6, 6}, kUInt8);
        addConstants(model, weightType);
        model.node("DequantizeLinear", {"x", "xs", "xz"}, {"xr"});
        model.node("DequantizeLinear", {"w", "ws", "wz"}, {"wr"}).i("axis", 0);
        model.node("DequantizeLinear", {"b", "bs"}, {"br"}).i("axis", 0);
        model.node("Conv", {"xr", "wr", "br"}, {"c"}).ints("pads", {1, 1, 1, 1});
        model.node("Relu", {"c"}, {"r"});
        model.node("QuantizeLinear", {"r", "ys", "yz"}, {"y"});
        model.output("y");
        return model;
    }
    ModelBuilder qlinear() const {
        ModelBuilder model;
        model.input("x", {1, 2, 6, 6}, kUInt8);
        addConstants(model, kInt8);
        model.node("QLinearConv", {"x", "xs", "xz", "w", "ws", "wz", "rs", "yz", "b"}, {"y"})
            .ints("pads", {1, 1, 1, 1});
        // Without Relu the zero point cuts nothing: take the scale of the plain result.
        model.floats("rs", {}, {kOutputScale}).output("y");
        return model;
    }
};

void expectCodes(const std::vector<int8_t>& actual, const std::vector<int>& expected,
                 size_t channels) {
    const auto nhwc = channelsLast(expected, channels);
    ASSERT_EQ(actual.size(), nhwc.size());
    for (size_t i = 0; i < nhwc.size(); ++i)
        ASSERT_NEAR(actual[i] + 128, nhwc[i], 1) << "element " << i;
}

TEST(OnnxQuantized, ConvolutionKeepsCodesAndScales) {
    const QuantizedConv conv;
    for (const int type : {kInt8, kUInt8}) {
        const auto graph = conv.qdq(type).open();
        ASSERT_TRUE(graph) << graph.error().message();
        const types::Graph& g = **graph;
        ASSERT_EQ(kindsOf(g), std::vector{OpKind::CONV_2D});
        const types::Tensor &input = g.tensor(g.inputs[0]), &output = g.tensor(g.outputs[0]);
        EXPECT_EQ(input.type, DataType::Int8);
        EXPECT_EQ(input.quantization.firstZeroPoint(), kInputZero - 128);
        EXPECT_EQ(output.quantization.scale, std::vector{kOutputScale});
        const int32_t filter = g.ops[0].input(1), bias = g.ops[0].input(2);
        EXPECT_EQ(g.tensor(filter).quantization.scale, conv.weightScales);
        const auto codes = g.constantData(filter).view();
        for (size_t f = 0; f < 3; ++f)
            for (size_t c = 0; c < 2; ++c)
                for (size_t k = 0; k < 9; ++k)
                    EXPECT_EQ(static_cast<int8_t>(codes[(f * 9 + k) * 2 + c]),
                              conv.weights[(f * 2 + c) * 9 + k]);
        std::vector<int32_t> sums(3);
        std::memcpy(sums.data(), g.constantData(bias).data(), 12);
        EXPECT_EQ(sums, conv.bias);
        expectCodes(run<int8_t, int8_t>(g, {conv.inputCodes()}), conv.expected(), 3);
    }
}

TEST(OnnxQuantized, OperatorFormGivesTheSameModel) {
    const QuantizedConv conv;
    const auto graph = conv.qlinear().open();
    ASSERT_TRUE(graph) << graph.error().message();
    ASSERT_EQ(kindsOf(**graph), std::vector{OpKind::CONV_2D});
    const auto actual = run<int8_t, int8_t>(**graph, {conv.inputCodes()});
    const auto expected = channelsLast(conv.expected(), 3);
    ASSERT_EQ(actual.size(), expected.size());
    for (size_t i = 0; i < actual.size(); ++i)  // the other form clips negative values
        EXPECT_NEAR(std::max(actual[i] + 128, kOutputZero), expected[i], 1);
}

TEST(OnnxQuantized, DescriptionSaysThatCodesAreShifted) {
    const auto graph = QuantizedConv().qdq(kInt8).open();
    ASSERT_TRUE(graph);
    EXPECT_NE((*graph)->description.find("uint8 codes are int8 codes less 128"), std::string::npos);
}

TEST(OnnxQuantized, SumsAndProductsRunOnCodes) {
    struct Case {
        const char* op;
        OpKind kind;
    };
    for (const Case test : {Case{"Add", OpKind::ADD}, Case{"Mul", OpKind::MUL}}) {
        ModelBuilder model;
        model.input("a", {1, 8}).input("b", {1, 8});
        model.quantize("a", "aq", 0.01f, 128);
        model.quantize("b", "bq", 0.02f, 120);
        model.node(test.op, {"aq", "bq"}, {"c"});
        model.quantize("c", "y", 0.03f, 110);
        const auto graph = model.output("y").open();
        ASSERT_TRUE(graph) << graph.error().message();
        EXPECT_EQ(kindsOf(**graph),
                  (std::vector{OpKind::QUANTIZE, OpKind::QUANTIZE, test.kind, OpKind::DEQUANTIZE}));
        const auto a = noise(8), b = noise(8, 2);
        const auto actual = run<float, float>(**graph, {a, b});
        for (size_t i = 0; i < 8; ++i) {
            const float exact = test.kind == OpKind::ADD ? a[i] + b[i] : a[i] * b[i];
            EXPECT_NEAR(actual[i], exact, 0.05f);
        }
    }
}

TEST(OnnxQuantized, PartsOfAConcatenationGetItsScale) {
    ModelBuilder model;
    model.input("a", {1, 4}).input("b", {1, 4});
    model.quantize("a", "aq", 0.01f, 128);
    model.quantize("b", "bq", 0.02f, 128);
    model.node("Concat", {"aq", "bq"}, {"c"}).i("axis", 1);
    model.quantize("c", "y", 0.02f, 128);
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    const auto a = noise(4), b = noise(4, 2);
    const auto actual = run<float, float>(**graph, {a, b});
    for (size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(actual[i], a[i], 0.021f);
        EXPECT_NEAR(actual[4 + i], b[i], 0.011f);
    }
}

TEST(OnnxQuantized, SoftmaxGetsTheScaleThatItsKernelNeeds) {
    ModelBuilder model;
    model.input("x", {1, 5});
    model.quantize("x", "xq", 0.02f, 128);
    model.node("Softmax", {"xq"}, {"s"});
    model.quantize("s", "y", 1.0f / 255, 0);
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    const auto x = noise(5);
    const auto actual = run<float, float>(**graph, {x});
    float sum = 0;
    for (float value : x)
        sum += std::exp(value);
    for (size_t i = 0; i < 5; ++i)
        EXPECT_NEAR(actual[i], std::exp(x[i]) / sum, 0.01f);
}

TEST(OnnxQuantized, MeansKeepTheResolutionOfAFinerScale) {
    // Over all pixels, and over parts of them: 1/10 of the input's scale.
    for (const int64_t kernel : {4, 2}) {
        ModelBuilder model;
        model.input("x", {1, 2, 4, 4});
        model.quantize("x", "xq", 0.01f, 128);
        model.node("AveragePool", {"xq"}, {"p"})
            .ints("kernel_shape", {kernel, kernel})
            .ints("strides", {kernel, kernel});
        model.quantize("p", "y", 0.001f, 128);
        const auto graph = model.output("y").open();
        ASSERT_TRUE(graph) << graph.error().message();
        std::vector<float> values;
        for (size_t i = 0; i < 32; ++i)
            values.push_back(0.01f * static_cast<float>(static_cast<int>(i * 7 % 13) - 6));
        const auto actual = run<float, float>(**graph, {channelsLast(values, 2)});
        const PlainWindow window{
            static_cast<int>(kernel), static_cast<int>(kernel), 1, 1, {0, 0, 0, 0}};
        const Image expected = plainAveragePool({2, 4, 4, values}, window, false);
        expectNear(actual, channelsLast(expected.values, 2), 0.0006f);
    }
}

TEST(OnnxQuantized, WhatHasNoIntegerKernelIsComputedInFloat) {
    ModelBuilder model;
    model.input("x", {1, 8});
    model.quantize("x", "xq", 0.01f, 128);
    model.node("Exp", {"xq"}, {"e"});
    model.quantize("e", "y", 0.02f, 0);
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    EXPECT_EQ(kindsOf(**graph), (std::vector{OpKind::QUANTIZE, OpKind::DEQUANTIZE, OpKind::EXP,
                                             OpKind::QUANTIZE, OpKind::DEQUANTIZE}));
}

TEST(OnnxQuantized, WeightsOfAGemmAreTransposedCodes) {
    ModelBuilder model;
    model.input("x", {1, 3});
    model.quantize("x", "xq", 0.01f, 128);
    model.codes("w", {3, 2}, kInt8, {1, 2, 3, 4, 5, 6}).floats("ws", {2}, {0.1f, 0.2f});
    model.codes("wz", {2}, kInt8, {0, 0});
    model.node("DequantizeLinear", {"w", "ws", "wz"}, {"wr"}).i("axis", 1);
    model.node("MatMul", {"xq", "wr"}, {"m"});
    model.quantize("m", "y", 0.02f, 128);
    const auto graph = model.output("y").open();
    ASSERT_TRUE(graph) << graph.error().message();
    const auto& dense = (*graph)->ops[1];
    ASSERT_EQ(dense.kind, OpKind::FULLY_CONNECTED);
    const auto codes = (*graph)->constantData(dense.input(1)).view();
    EXPECT_EQ(std::vector<uint8_t>(codes.begin(), codes.end()),
              (std::vector<uint8_t>{1, 3, 5, 2, 4, 6}));
    EXPECT_EQ((*graph)->tensor(dense.input(1)).quantization.axis, 0);
}

}  // namespace
