// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/kernel_terms.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using cost::KernelSet;
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

std::string pathOf(const cost::OperatorShapes& s, KernelSet set) {
    return cost::kernelTerms(cost::workloadOf(s), set).path;
}

double countOf(const cost::KernelTerms& terms, const std::string& name) {
    for (const auto& term : terms)
        if (name == term.name) return term.count;
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
    EXPECT_EQ(pathOf(conv1x1, KernelSet::CmsisDsp), "CONV_2D/1x1");
    EXPECT_EQ(pathOf(conv1x1, KernelSet::CmsisDsp2020), "CONV_2D/im2col");
    EXPECT_EQ(pathOf(conv1x1, KernelSet::CmsisMve), "CONV_2D/1x1");
    EXPECT_EQ(pathOf(conv1x1, KernelSet::Reference), "CONV_2D");
    const auto conv3x3 = window(OpKind::CONV_2D, 8, 8, 8, 3, 1, same);
    EXPECT_EQ(pathOf(conv3x3, KernelSet::CmsisDsp), "CONV_2D/im2col");
    const auto dw3x3 = window(OpKind::DEPTHWISE_CONV_2D, 8, 8, 8, 3, 1, same);
    EXPECT_EQ(pathOf(dw3x3, KernelSet::CmsisDsp), "DEPTHWISE_CONV_2D/3x3");
    EXPECT_EQ(pathOf(dw3x3, KernelSet::CmsisDsp2020), "DEPTHWISE_CONV_2D/gathered");
    EXPECT_EQ(pathOf(dw3x3, KernelSet::CmsisMve), "DEPTHWISE_CONV_2D/blocked");
    const auto dw5x5 = window(OpKind::DEPTHWISE_CONV_2D, 8, 8, 8, 5, 1, same);
    EXPECT_EQ(pathOf(dw5x5, KernelSet::CmsisDsp), "DEPTHWISE_CONV_2D/gathered");
    auto floating = conv1x1;
    floating.type = floating.weightType = types::DataType::Float32;
    EXPECT_EQ(pathOf(floating, KernelSet::CmsisDsp), "CONV_2D");
}

TEST(KernelTerms, OnePathHasOneLayout) {
    const auto a = cost::kernelTerms(
        cost::workloadOf(window(OpKind::CONV_2D, 8, 8, 8, 3, 1, types::Padding::Same)),
        KernelSet::CmsisDsp);
    const auto b = cost::kernelTerms(
        cost::workloadOf(window(OpKind::CONV_2D, 5, 3, 7, 5, 2, types::Padding::Valid)),
        KernelSet::CmsisDsp);
    ASSERT_EQ(a.size, b.size);
    for (size_t i = 0; i < a.size; ++i)
        EXPECT_STREQ(a.terms[i].name, b.terms[i].name);
    EXPECT_EQ(a.firstVariant, b.firstVariant);
    EXPECT_EQ(a.lastVariant, b.lastVariant);
}

TEST(KernelTerms, OddChannelsAndPixelsRunInLoopsOfTheirOwn) {
    const auto odd = cost::kernelTerms(
        cost::workloadOf(window(OpKind::CONV_2D, 5, 8, 7, 3, 1, types::Padding::Same)),
        KernelSet::CmsisDsp);
    EXPECT_EQ(countOf(odd, "block"), 12 * 3);       // 25 pixels and 7 channels in pairs
    EXPECT_EQ(countOf(odd, "last channel"), 12);    // once a pair of pixels
    EXPECT_EQ(countOf(odd, "last pixel"), 7);       // once a channel
    EXPECT_EQ(countOf(odd, "block, 1 column"), 0);  // 72 columns are whole fours
}

TEST(KernelTerms, FootprintsShareOutTheInnerLoop) {
    for (int32_t channels : {1, 8, 24, 33, 64, 200, 512}) {
        const auto terms = cost::kernelTerms(
            cost::workloadOf(window(OpKind::CONV_2D, 8, channels, 16, 3, 1, types::Padding::Same)),
            KernelSet::CmsisDsp);
        double sum = 0;
        for (size_t i = terms.firstVariant; i < terms.lastVariant; ++i)
            sum += terms.terms[i].count;
        EXPECT_NEAR(sum, 32.0 * 8 * (9 * channels / 4), 1e-6) << channels;
    }
}

TEST(KernelTerms, RuntimesNameTheirKernels) {
    EXPECT_EQ(cost::kernelSetOf("TFLM + CMSIS-NN", "Cortex-M4"), KernelSet::CmsisDsp);
    EXPECT_EQ(cost::kernelSetOf("TFLM + CMSIS-NN", "Cortex-M55"), KernelSet::CmsisMve);
    EXPECT_EQ(cost::kernelSetOf("TFLM + CMSIS-NN of 2020", "Cortex-M7"), KernelSet::CmsisDsp2020);
    EXPECT_EQ(cost::kernelSetOf("TFLM reference", "Cortex-M4"), KernelSet::Reference);
}

}  // namespace
