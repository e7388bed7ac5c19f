// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/terms/kernel_terms.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace {

using cost::KernelLibrary;
using types::OpKind;

cost::OperatorShapes window(OpKind kind, int32_t side, int32_t in, int32_t out, int32_t kernel,
                            int32_t stride, types::Padding padding) {
    cost::OperatorShapes s;
    s.kind = kind;
    const int32_t outSide = padding == types::Padding::Same ? (side + stride - 1) / stride
                                                            : (side - kernel) / stride + 1;
    s.inputs = {{1, side, side, in}};
    s.output = {1, outSide, outSide, out};
    s.filter = kind == OpKind::CONV_2D ? types::Shape{out, kernel, kernel, in}
                                       : types::Shape{1, kernel, kernel, out};
    s.window.padding = padding;
    s.window.strideHeight = s.window.strideWidth = stride;
    return s;
}

std::string pathOf(const cost::OperatorShapes& s, KernelLibrary set) {
    return cost::kernelTerms(cost::workloadOf(s), set).path.text;
}

double countOf(const cost::KernelTerms& terms, const std::string& name) {
    for (const auto& term : terms)
        if (name == term.name.text) return term.count;
    return -1;
}

/// Kernel taps inside the input, counted one by one.
int64_t validTaps(int32_t side, int32_t outSide, int32_t kernel, int32_t stride, int64_t padding) {
    int64_t along = 0;
    for (int32_t o = 0; o < outSide; ++o)
        for (int32_t k = 0; k < kernel; ++k) {
            const int64_t at = int64_t{o} * stride - padding + k;
            along += at >= 0 && at < side;
        }
    return along * along;
}

TEST(Workload, AScaleNextToNothingIsNotClamped) {
    types::Graph graph;
    graph.buffers.resize(1);
    graph.tensors.resize(2);
    for (types::Tensor& tensor : graph.tensors) {
        tensor.type = types::DataType::Int8;
        tensor.shape = {1, 4, 4, 1};
        tensor.quantization = {{1e-40f}, {-128}, 0, {}, {}};
    }
    types::Op op;
    op.kind = OpKind::AVERAGE_POOL_2D;
    op.inputs = {0};
    op.outputs = {1};
    types::WindowOptions options;
    options.activation = types::Activation::Relu6;
    op.options = options;
    // Six is far above code 127; at a scale of 1/16 it is code -32.
    EXPECT_FALSE(cost::workloadOf(graph, op).clamped);
    graph.tensors[1].quantization.scale = {1.0f / 16};
    EXPECT_TRUE(cost::workloadOf(graph, op).clamped);
}

TEST(Workload, CountsTheTapsInsideTheInput) {
    for (int32_t side = 1; side < 9; ++side)
        for (int32_t kernel : {1, 2, 3, 5, 8})
            for (int32_t stride : {1, 2, 3})
                for (const auto padding : {types::Padding::Same, types::Padding::Valid}) {
                    if (padding == types::Padding::Valid && kernel > side) continue;
                    const auto s = window(OpKind::CONV_2D, side, 4, 8, kernel, stride, padding);
                    const auto w = cost::workloadOf(s);
                    EXPECT_EQ(w.validTaps(), validTaps(side, s.output[1], kernel, stride, w.padTop))
                        << side << " " << kernel << " " << stride;
                }
}

TEST(Workload, CountsMacsWithThePadding) {
    const auto same = types::Padding::Same;
    EXPECT_EQ(cost::workloadOf(window(OpKind::CONV_2D, 8, 4, 6, 3, 1, same)).macs,
              8 * 8 * 6 * 9 * 4);
    EXPECT_EQ(cost::workloadOf(window(OpKind::DEPTHWISE_CONV_2D, 8, 6, 6, 3, 1, same)).macs,
              8 * 8 * 6 * 9);
}

TEST(KernelTerms, ChoosesThePathThatTheLibraryTakes) {
    const auto valid = types::Padding::Valid, same = types::Padding::Same;
    const auto conv1x1 = window(OpKind::CONV_2D, 8, 6, 8, 1, 1, valid);
    EXPECT_EQ(pathOf(conv1x1, KernelLibrary::CmsisDsp), "CONV_2D/1x1");
    EXPECT_EQ(pathOf(conv1x1, KernelLibrary::CmsisDsp2020), "CONV_2D/im2col");
    EXPECT_EQ(pathOf(conv1x1, KernelLibrary::CmsisMve), "CONV_2D/1x1");
    EXPECT_EQ(pathOf(conv1x1, KernelLibrary::Reference), "CONV_2D");
    const auto conv3x3 = window(OpKind::CONV_2D, 8, 8, 8, 3, 1, same);
    EXPECT_EQ(pathOf(conv3x3, KernelLibrary::CmsisDsp), "CONV_2D/im2col");
    const auto dw3x3 = window(OpKind::DEPTHWISE_CONV_2D, 8, 8, 8, 3, 1, same);
    EXPECT_EQ(pathOf(dw3x3, KernelLibrary::CmsisDsp), "DEPTHWISE_CONV_2D/3x3");
    EXPECT_EQ(pathOf(dw3x3, KernelLibrary::CmsisDsp2020), "DEPTHWISE_CONV_2D/gathered");
    EXPECT_EQ(pathOf(dw3x3, KernelLibrary::CmsisMve), "DEPTHWISE_CONV_2D/blocked");
    const auto dw5x5 = window(OpKind::DEPTHWISE_CONV_2D, 8, 8, 8, 5, 1, same);
    EXPECT_EQ(pathOf(dw5x5, KernelLibrary::CmsisDsp), "DEPTHWISE_CONV_2D/gathered");
    auto floating = conv1x1;
    floating.type = floating.weightType = types::DataType::Float32;
    EXPECT_EQ(pathOf(floating, KernelLibrary::CmsisDsp), "CONV_2D");
}

TEST(KernelTerms, OurOwnRuntimePacksEightBits) {
    const auto same = types::Padding::Same;
    auto conv1x1 = window(OpKind::CONV_2D, 8, 6, 8, 1, 1, same);
    const auto conv3x3 = window(OpKind::CONV_2D, 8, 8, 8, 3, 1, same);
    auto dw3x3 = window(OpKind::DEPTHWISE_CONV_2D, 8, 8, 8, 3, 1, same);
    const auto dw5x5 = window(OpKind::DEPTHWISE_CONV_2D, 8, 8, 8, 5, 1, same);
    for (const KernelLibrary own : {KernelLibrary::NetcaliperDsp, KernelLibrary::NetcaliperMve}) {
        EXPECT_EQ(pathOf(conv1x1, own), "CONV_2D/1x1");
        EXPECT_EQ(pathOf(conv3x3, own), "CONV_2D/im2col");
        EXPECT_EQ(pathOf(dw5x5, own), "DEPTHWISE_CONV_2D/packed");
    }
    EXPECT_EQ(pathOf(dw3x3, KernelLibrary::NetcaliperDsp), "DEPTHWISE_CONV_2D/rows");
    EXPECT_EQ(pathOf(dw3x3, KernelLibrary::NetcaliperMve), "DEPTHWISE_CONV_2D/packed");
    // With whole words of channels an 8x8 image needs no copies; 64 pixels are 21 times three and
    // one.
    const auto dsp = cost::kernelTerms(cost::workloadOf(conv3x3), KernelLibrary::NetcaliperDsp);
    EXPECT_EQ(countOf(dsp, "copied row"), 0);
    EXPECT_EQ(countOf(dsp, "whole row"), 36 * 3);
    EXPECT_EQ(countOf(dsp, "clipped row"), (64 - 36) * 3);
    EXPECT_EQ(countOf(dsp, "3 pixels, pair, step"), 21 * 4 * 18);
    EXPECT_EQ(countOf(dsp, "last pixel, pair, step"), 4 * 18);
    const auto first = window(OpKind::CONV_2D, 8, 3, 8, 3, 1, same);
    const auto copied = cost::kernelTerms(cost::workloadOf(first), KernelLibrary::NetcaliperDsp);
    EXPECT_EQ(countOf(copied, "copied row"), 36 * 3);
    EXPECT_EQ(countOf(copied, "copied word"), 36 * 3 * 3);
    EXPECT_EQ(countOf(copied, "clipped copy"), 64 - 36);
    const auto single = window(OpKind::CONV_2D, 1, 64, 10, 1, 1, same);
    const auto dense = cost::kernelTerms(cost::workloadOf(single), KernelLibrary::NetcaliperDsp);
    EXPECT_EQ(countOf(dense, "pixel, 4 channels, step"), 3 * 16);
    EXPECT_EQ(countOf(dense, "3 pixels, pair"), 0);
    const auto mve = cost::kernelTerms(cost::workloadOf(conv3x3), KernelLibrary::NetcaliperMve);
    EXPECT_EQ(countOf(mve, "copied row, vector"), 36 * 3 * 2);
    EXPECT_EQ(countOf(mve, "filled vector"), (64 - 36) * 5);
    EXPECT_EQ(countOf(mve, "block, step"), 32 * 2 * 5);
    conv1x1.type = conv1x1.weightType = types::DataType::Float32;
    EXPECT_EQ(pathOf(conv1x1, KernelLibrary::NetcaliperDsp), "CONV_2D/fours");
    dw3x3.weightType = types::DataType::Int4;
    EXPECT_EQ(pathOf(dw3x3, KernelLibrary::NetcaliperDsp), "DEPTHWISE_CONV_2D");
}

TEST(KernelTerms, OurOwnVectorsSlideOverTheInnerPixels) {
    const auto layer = window(OpKind::DEPTHWISE_CONV_2D, 8, 24, 24, 3, 1, types::Padding::Same);
    const auto terms = cost::kernelTerms(cost::workloadOf(layer), KernelLibrary::NetcaliperMve);
    EXPECT_EQ(countOf(terms, "clipped pixel"), 64 - 36);
    EXPECT_EQ(countOf(terms, "written tap"), 6 * 9);
    EXPECT_EQ(countOf(terms, "slid pixel, vector"), 30 * 3);
    EXPECT_EQ(countOf(terms, "block, 2 taps"), 64 * 2 * 4);
    EXPECT_EQ(countOf(terms, "block, odd tap"), 64 * 2);
    EXPECT_EQ(countOf(terms, "tap") + countOf(terms, "tap in padding"), (64 - 36) * 9);
}

TEST(KernelTerms, OurOwnDepthwiseConvertsEachRowOnce) {
    const auto terms = [](int32_t size, int32_t stride) {
        return cost::kernelTerms(cost::workloadOf(window(OpKind::DEPTHWISE_CONV_2D, size, 6, 6, 3,
                                                         stride, types::Padding::Same)),
                                 KernelLibrary::NetcaliperDsp);
    };
    // Two blocks of channels; the last of four steps has one row.
    const auto dense = terms(7, 1);
    EXPECT_EQ(countOf(dense, "pair of rows, pixel"), 2 * 5 * 7);
    EXPECT_EQ(countOf(dense, "two rows, column"), 6 * 4 * 7);
    EXPECT_EQ(countOf(dense, "output of either sign"), 6 * 8 * 7);
    const auto strided = terms(9, 2);
    EXPECT_EQ(countOf(strided, "pair of rows"), 2 * 6);
    EXPECT_EQ(countOf(strided, "two columns"), 6 * 5 * 2);
    EXPECT_EQ(countOf(strided, "one column"), 6 * 5);
}

TEST(KernelTerms, HashesTellAllNamesApart) {
    std::map<uint64_t, std::string> names;
    for (const KernelLibrary set :
         {KernelLibrary::Reference, KernelLibrary::CmsisDsp2020, KernelLibrary::CmsisDsp,
          KernelLibrary::CmsisMve, KernelLibrary::NetcaliperDsp, KernelLibrary::NetcaliperMve})
        for (int32_t kind = 0; kind < types::kOpKindCount; ++kind)
            for (int32_t kernel : {1, 3, 5}) {
                auto s = window(OpKind::CONV_2D, 8, 8, 8, kernel, 1, types::Padding::Same);
                s.kind = static_cast<OpKind>(kind);
                const auto terms = cost::kernelTerms(cost::workloadOf(s), set);
                names.emplace(terms.path.hash, terms.path.text);
                EXPECT_EQ(names.at(terms.path.hash), terms.path.text);
                for (const auto& term : terms) {
                    names.emplace(term.name.hash, term.name.text);
                    EXPECT_EQ(names.at(term.name.hash), term.name.text);
                }
            }
    EXPECT_GT(names.size(), 200u);
}

TEST(Workload, KnowsWhereAnActivationCutsTheCodes) {
    types::Graph graph;
    graph.buffers.resize(1);
    types::Tensor image, filter;
    image.type = filter.type = types::DataType::Int8;
    image.shape = {1, 4, 4, 8};
    image.quantization.scale = {0.0235f};
    image.quantization.zeroPoint = {-128};
    filter.shape = {8, 1, 1, 8};
    graph.tensors = {image, filter, image};
    types::Op op;
    op.kind = OpKind::CONV_2D;
    op.inputs = {0, 1};
    op.outputs = {2};
    types::WindowOptions options;
    const auto clamped = [&](types::Activation activation, int64_t zeroPoint, float scale) {
        options.activation = activation;
        op.options = options;
        graph.tensors[2].quantization.zeroPoint = {zeroPoint};
        graph.tensors[2].quantization.scale = {scale};
        return cost::workloadOf(graph, op).clamped;
    };
    EXPECT_FALSE(clamped(types::Activation::None, 3, 0.1f));
    EXPECT_FALSE(clamped(types::Activation::Relu, -128, 0.1f));
    EXPECT_TRUE(clamped(types::Activation::Relu, -100, 0.1f));
    EXPECT_FALSE(clamped(types::Activation::Relu6, -128, 6.0f / 255));
    EXPECT_TRUE(clamped(types::Activation::Relu6, -128, 0.1f));
}

TEST(Workload, KnowsWhereTheLowestCodeIsZero) {
    types::Graph graph;
    types::Tensor image;
    image.type = types::DataType::Int8;
    image.shape = {1, 4, 4, 8};
    image.quantization.scale = {0.1f};
    graph.tensors = {image, image, image};
    types::Op op;
    op.kind = OpKind::DEPTHWISE_CONV_2D;
    op.inputs = {0, 1};
    op.outputs = {2};
    const auto rectified = [&](types::Activation activation, int64_t zeroPoint) {
        types::WindowOptions options;
        options.activation = activation;
        op.options = options;
        graph.tensors[2].quantization.zeroPoint = {zeroPoint};
        return cost::workloadOf(graph, op).rectified;
    };
    EXPECT_TRUE(rectified(types::Activation::None, -128));
    EXPECT_FALSE(rectified(types::Activation::None, -127));
    EXPECT_TRUE(rectified(types::Activation::Relu6, 3));
    EXPECT_FALSE(rectified(types::Activation::ReluN1To1, 3));
}

TEST(KernelTerms, OnePathHasOneLayout) {
    const auto a = cost::kernelTerms(
        cost::workloadOf(window(OpKind::CONV_2D, 8, 8, 8, 3, 1, types::Padding::Same)),
        KernelLibrary::CmsisDsp);
    const auto b = cost::kernelTerms(
        cost::workloadOf(window(OpKind::CONV_2D, 5, 3, 7, 5, 2, types::Padding::Valid)),
        KernelLibrary::CmsisDsp);
    ASSERT_EQ(a.size, b.size);
    for (size_t i = 0; i < a.size; ++i)
        EXPECT_STREQ(a.terms[i].name.text, b.terms[i].name.text);
    EXPECT_EQ(a.firstVariant, b.firstVariant);
    EXPECT_EQ(a.lastVariant, b.lastVariant);
}

TEST(KernelTerms, OddChannelsAndPixelsRunInLoopsOfTheirOwn) {
    const auto odd = cost::kernelTerms(
        cost::workloadOf(window(OpKind::CONV_2D, 5, 8, 7, 3, 1, types::Padding::Same)),
        KernelLibrary::CmsisDsp);
    EXPECT_EQ(countOf(odd, "block"), 12 * 3);       // 25 pixels and 7 channels in pairs
    EXPECT_EQ(countOf(odd, "last channel"), 12);    // once a pair of pixels
    EXPECT_EQ(countOf(odd, "last pixel"), 7);       // once a channel
    EXPECT_EQ(countOf(odd, "block, 1 column"), 0);  // 72 columns are whole fours
}

TEST(KernelTerms, FootprintsShareOutTheInnerLoop) {
    for (int32_t channels : {1, 8, 24, 33, 64, 200, 512}) {
        const auto terms = cost::kernelTerms(
            cost::workloadOf(window(OpKind::CONV_2D, 8, channels, 16, 3, 1, types::Padding::Same)),
            KernelLibrary::CmsisDsp);
        double sum = 0;
        for (size_t i = terms.firstVariant; i < terms.lastVariant; ++i)
            sum += terms.terms[i].count;
        EXPECT_NEAR(sum, 32.0 * 8 * (9 * channels / 4), 1e-6) << channels;
    }
}

TEST(KernelTerms, RuntimesNameTheirKernels) {
    EXPECT_EQ(cost::kernelLibraryOf("TFLM + CMSIS-NN", "Cortex-M4"), KernelLibrary::CmsisDsp);
    EXPECT_EQ(cost::kernelLibraryOf("TFLM + CMSIS-NN", "Cortex-M55"), KernelLibrary::CmsisMve);
    EXPECT_EQ(cost::kernelLibraryOf("TFLM + CMSIS-NN of 2020", "Cortex-M7"),
              KernelLibrary::CmsisDsp2020);
    EXPECT_EQ(cost::kernelLibraryOf("TFLM reference", "Cortex-M4"), KernelLibrary::Reference);
    EXPECT_EQ(cost::kernelLibraryOf("Netcaliper", "Cortex-M33"), KernelLibrary::NetcaliperDsp);
    EXPECT_EQ(cost::kernelLibraryOf("Netcaliper", "Cortex-M55"), KernelLibrary::NetcaliperMve);
}

}  // namespace
