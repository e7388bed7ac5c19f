// SPDX-License-Identifier: GPL-3.0-or-later
// Loops of CMSIS-NN that differ from those of 8-bit convolutions: 16-bit data, padding, transposed
// convolution, layers without a bias.
#include <gtest/gtest.h>

#include <string>

#include "cost/terms/kernel_terms.h"

namespace {

using cost::KernelLibrary;
using types::DataType;
using types::OpKind;

cost::OperatorShapes layer(OpKind kind, types::Shape in, types::Shape out, types::Shape filter,
                           DataType type) {
    cost::OperatorShapes s;
    s.kind = kind;
    s.type = type;
    s.weightType = type == DataType::Int16 ? DataType::Int8 : type;
    s.inputs = {std::move(in)};
    s.output = std::move(out);
    s.filter = std::move(filter);
    return s;
}

cost::KernelTerms termsOf(const cost::OperatorShapes& s, KernelLibrary set) {
    return cost::kernelTerms(cost::workloadOf(s), set);
}

double count(const cost::KernelTerms& terms, const std::string& name) {
    for (const auto& term : terms)
        if (name == term.name.text) return term.count;
    return -1;
}

TEST(CmsisTerms, SixteenBitSumsGoOnInSixtyFourBits) {
    const auto dense = layer(OpKind::FULLY_CONNECTED, {1, 700}, {1, 9}, {9, 700}, DataType::Int16);
    const auto vectors = termsOf(dense, KernelLibrary::CmsisMve);
    EXPECT_STREQ(vectors.path.text, "FULLY_CONNECTED/16");
    EXPECT_EQ(count(vectors, "channel quad, 8 columns"), 2 * 512 / 8);
    EXPECT_EQ(count(vectors, "channel quad, column in 64 bits"), 2 * 188);
    EXPECT_EQ(count(vectors, "last channel, column in 64 bits"), 188);
    const auto pairs = termsOf(dense, KernelLibrary::CmsisDsp);
    EXPECT_EQ(count(pairs, "channel pair, 4 columns"), 4 * 512 / 4);
    EXPECT_EQ(count(pairs, "channel pair, 1 column"), 4 * 188);
    const auto window =
        layer(OpKind::CONV_2D, {1, 5, 3, 70}, {1, 3, 1, 4}, {4, 3, 3, 70}, DataType::Int16);
    const auto convolution = termsOf(window, KernelLibrary::CmsisMve);
    EXPECT_EQ(count(convolution, "block"), 0);
    EXPECT_EQ(count(convolution, "last output, 4 columns"), 3 * 4 * 512 / 4);
    EXPECT_EQ(count(convolution, "last output, column in 64 bits"), 3 * 4 * (630 - 512));
}

TEST(CmsisTerms, SixteenBitDepthwiseRunsPlainLoops) {
    auto s =
        layer(OpKind::DEPTHWISE_CONV_2D, {1, 6, 6, 8}, {1, 4, 4, 8}, {1, 3, 3, 8}, DataType::Int16);
    s.window.filterHeight = s.window.filterWidth = 3;
    for (const KernelLibrary set : {KernelLibrary::CmsisDsp, KernelLibrary::CmsisMve}) {
        const auto terms = termsOf(s, set);
        EXPECT_STREQ(terms.path.text, "DEPTHWISE_CONV_2D/plain");
        EXPECT_EQ(count(terms, "mac"), 16 * 8 * 9);
    }
}

TEST(CmsisTerms, PaddingCopiesRows) {
    const auto s = layer(OpKind::PAD, {1, 5, 4, 6}, {1, 7, 6, 6}, {}, DataType::Int8);
    const auto words = termsOf(s, KernelLibrary::CmsisDsp);
    EXPECT_STREQ(words.path.text, "PAD/copied");
    EXPECT_EQ(count(words, "copy"), 5);
    EXPECT_EQ(count(words, "copy, 16 bytes"), 5 * 24 / 16.0);
    const auto vectors = termsOf(s, KernelLibrary::CmsisMve);
    EXPECT_EQ(count(vectors, "copy, 16 bytes"), 5 * 2);
    EXPECT_EQ(count(vectors, "side, 16 bytes"), 5 * 1);
    for (const KernelLibrary set : {KernelLibrary::Reference, KernelLibrary::CmsisDsp2020,
                                    KernelLibrary::NetcaliperDsp, KernelLibrary::NetcaliperMve})
        EXPECT_STREQ(termsOf(s, set).path.text, "PAD");
}

TEST(CmsisTerms, TransposedConvolutionReversesFromSeventeenChannelsAndStrideTwo) {
    const auto transposed = [](int32_t channels, int32_t stride) {
        auto s = layer(OpKind::TRANSPOSE_CONV, {1, 4, 5, channels}, {1, 4 * stride, 5 * stride, 3},
                       {3, 2, 2, channels}, DataType::Int8);
        s.window.strideHeight = s.window.strideWidth = stride;
        s.window.padding = types::Padding::Same;
        return s;
    };
    const auto path = [&](int32_t channels, int32_t stride) {
        return std::string(
            termsOf(transposed(channels, stride), KernelLibrary::CmsisDsp).path.text);
    };
    EXPECT_EQ(path(17, 2), "TRANSPOSE_CONV/reversed");
    EXPECT_EQ(path(16, 2), "TRANSPOSE_CONV/spread");
    EXPECT_EQ(path(17, 3), "TRANSPOSE_CONV/spread");
    // Five pixels of a row: four at a time, then one.
    const auto spread = termsOf(transposed(8, 2), KernelLibrary::CmsisDsp);
    EXPECT_EQ(count(spread, "group, channel, row"), 4 * 2 * 2 * 3);
    EXPECT_EQ(count(spread, "pixel, tap, wide step"), 4 * 2 * 5 * 2 * 3 * (8 / 4));
}

TEST(CmsisTerms, BiasCostsWhereItIsAdded) {
    auto s = layer(OpKind::FULLY_CONNECTED, {2, 32}, {2, 10}, {10, 32}, DataType::Int8);
    EXPECT_EQ(count(termsOf(s, KernelLibrary::Reference), "output with bias"), 20);
    s.biased = false;
    EXPECT_EQ(count(termsOf(s, KernelLibrary::Reference), "output with bias"), 0);
}

}  // namespace
