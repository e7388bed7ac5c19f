// SPDX-License-Identifier: GPL-3.0-or-later
// Kernels on cases small enough to be computed by hand. Whole models against goldens: see
// tests/lowering.
#include <gtest/gtest.h>

#include "one_op_program.h"
#include "runtime/kernels/binary.h"
#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"
#include "runtime/kernels/pad.h"
#include "runtime/kernels/pool.h"
#include "runtime/kernels/quantize.h"
#include "runtime/kernels/reduce.h"
#include "runtime/kernels/softmax.h"
#include "runtime/kernels/svdf.h"
#include "runtime/kernels/transpose.h"

namespace {

using namespace runtime;

constexpr Factor kUnit{1 << 30, 1};      // exactly 1
constexpr Factor kQuarter{1 << 30, -1};  // exactly 1/4

Window window3x3() {
    Window w;
    w.batches = 1;
    w.inHeight = w.inWidth = w.outHeight = w.outWidth = 3;
    w.inChannels = w.outChannels = 1;
    w.filterHeight = w.filterWidth = 3;
    w.padTop = w.padLeft = 1;
    return w;
}

ConvParams convParams() {
    ConvParams p;
    p.window = window3x3();
    p.filterChannels = 1;
    p.lowest = -128, p.highest = 127;
    p.lowestFloat = -1e9f, p.highestFloat = 1e9f;
    p.factors = OneOpProgram::factorsPart<ConvParams>(1);
    return p;
}

TEST(Kernels, ConvolutionLeavesThePaddingOut) {
    ConvParams p = convParams();
    p.inputOffset = 2;  // padding counts as zero, not as the offset
    OneOpProgram op(KernelId::ConvInt8, p, {kUnit});
    op.input<int8_t>({-1, -1, -1, -1, -1, -1, -1, -1, -1})
        .input<int8_t>({1, 1, 1, 1, 1, 1, 1, 1, 1})
        .input<int32_t>({10});
    EXPECT_EQ(op.run<int8_t>(9), (std::vector<int8_t>{14, 16, 14, 16, 19, 16, 14, 16, 14}));
}

TEST(Kernels, ConvolutionClampsAndTakesNoBias) {
    ConvParams p = convParams();
    p.highest = 5;
    OneOpProgram op(KernelId::ConvInt8, p, {kUnit});
    op.input<int8_t>({1, 2, 3, 4, 5, 6, 7, 8, 9})
        .input<int8_t>({0, 0, 0, 0, 1, 0, 0, 0, 0})
        .noInput();
    EXPECT_EQ(op.run<int8_t>(9), (std::vector<int8_t>{1, 2, 3, 4, 5, 5, 5, 5, 5}));
}

TEST(Kernels, FloatConvolutionWithStrideAndDilation) {
    ConvParams p = convParams();
    Window& w = p.window;
    w.outHeight = w.outWidth = 1;
    w.filterHeight = w.filterWidth = 2;
    w.dilationHeight = w.dilationWidth = 2;
    w.padTop = w.padLeft = 0;
    OneOpProgram op(KernelId::ConvFloat32, p);
    op.input<float>({1, 2, 3, 4, 5, 6, 7, 8, 9})
        .input<float>({1, 10, 100, 1000})
        .input<float>({0.5f});
    EXPECT_EQ(op.run<float>(1), std::vector<float>{1 + 30 + 700 + 9000 + 0.5f});
}

TEST(Kernels, GroupsSeeTheirOwnChannels) {
    ConvParams p = convParams();
    p.window.inHeight = p.window.inWidth = p.window.outHeight = p.window.outWidth = 1;
    p.window.filterHeight = p.window.filterWidth = 1;
    p.window.padTop = p.window.padLeft = 0;
    p.window.inChannels = p.window.outChannels = 2;
    p.factors.count = 2;
    OneOpProgram op(KernelId::ConvInt8, p, {kUnit, kUnit});
    op.input<int8_t>({3, 5}).input<int8_t>({2, 7}).noInput();
    EXPECT_EQ(op.run<int8_t>(2), (std::vector<int8_t>{6, 35}));
}

TEST(Kernels, DepthwiseWithAMultiplierFeedsSeveralChannels) {
    ConvParams p = convParams();
    p.window.inHeight = p.window.inWidth = p.window.outHeight = p.window.outWidth = 1;
    p.window.filterHeight = p.window.filterWidth = 1;
    p.window.padTop = p.window.padLeft = 0;
    p.window.inChannels = 2;
    p.window.outChannels = 4;
    p.depthMultiplier = 2;
    p.factors.count = 4;
    OneOpProgram op(KernelId::DepthwiseConvInt8, p, {kUnit, kUnit, kUnit, kQuarter});
    op.input<int8_t>({3, 8}).input<int8_t>({1, 2, 3, 4}).noInput();
    EXPECT_EQ(op.run<int8_t>(4), (std::vector<int8_t>{3, 6, 24, 8}));
}

TEST(Kernels, FourBitWeightsUnpackLowHalfFirst) {
    FullyConnectedParams p;
    p.batches = 1, p.depth = 3, p.outputs = 1;
    p.lowest = -128, p.highest = 127;
    p.factors = OneOpProgram::factorsPart<FullyConnectedParams>(1);
    OneOpProgram op(KernelId::FullyConnectedInt4, p, {kUnit});
    op.input<int8_t>({1, 10, 3}).input<uint8_t>({0x7f, 0x08}).noInput();  // -1, 7, -8
    EXPECT_EQ(op.run<int8_t>(1, 3), std::vector<int8_t>{-1 + 70 - 24});
}

TEST(Kernels, FullyConnectedPerOutputFactors) {
    FullyConnectedParams p;
    p.batches = 2, p.depth = 2, p.outputs = 2;
    p.inputOffset = 1, p.outputOffset = -3;
    p.lowest = -128, p.highest = 127;
    p.factors = OneOpProgram::factorsPart<FullyConnectedParams>(2);
    OneOpProgram op(KernelId::FullyConnectedInt8, p, {kUnit, kQuarter});
    op.input<int8_t>({0, 1, 2, 3}).input<int8_t>({1, 2, 4, 8}).input<int32_t>({0, 4});
    // (1 + 4, (4 + 16 + 4) / 4), (3 + 8, (12 + 32 + 4) / 4), each minus 3
    EXPECT_EQ(op.run<int8_t>(4), (std::vector<int8_t>{2, 3, 8, 9}));
}

TEST(Kernels, AddBroadcasts) {
    BinaryParams p;
    p.iterator.dims[4] = 2, p.iterator.dims[5] = 3;
    p.iterator.strides[0][4] = 3, p.iterator.strides[0][5] = 1;
    p.iterator.strides[1][4] = 1, p.iterator.strides[1][5] = 0;
    OneOpProgram op(KernelId::AddInt32, p);
    op.input<int32_t>({1, 2, 3, 4, 5, 6}).input<int32_t>({10, 20});
    EXPECT_EQ(op.run<int32_t>(6), (std::vector<int32_t>{11, 12, 13, 24, 25, 26}));
}

TEST(Kernels, AverageRoundsHalvesAwayFromZero) {
    PoolParams p;
    p.window = window3x3();
    p.window.inHeight = p.window.outHeight = p.window.outWidth = 1;
    p.window.inWidth = 2;
    p.window.filterHeight = 1, p.window.filterWidth = 2;
    p.window.padTop = p.window.padLeft = 0;
    p.lowest = -128, p.highest = 127;
    OneOpProgram up(KernelId::AveragePoolInt8, p), down(KernelId::AveragePoolInt8, p);
    up.input<int8_t>({1, 2});
    down.input<int8_t>({-1, -2});
    EXPECT_EQ(up.run<int8_t>(1), std::vector<int8_t>{2});
    EXPECT_EQ(down.run<int8_t>(1), std::vector<int8_t>{-2});
}

TEST(Kernels, MeanOverTheFirstDimension) {
    ReduceParams p;
    p.iterator.dims[4] = 2, p.iterator.dims[5] = 3;
    p.iterator.strides[0][5] = 1;
    p.outputs = 3, p.divisor = 2;
    OneOpProgram op(KernelId::SumFloat32, p);
    op.input<float>({1, 2, 3, 5, 6, 7});
    EXPECT_EQ(op.run<float>(3), (std::vector<float>{3, 4, 5}));
}

TEST(Kernels, PadAndTransposeMoveElements) {
    PadParams pad;
    pad.iterator.dims[4] = 2, pad.iterator.dims[5] = 2;
    pad.iterator.strides[0][4] = 3, pad.iterator.strides[0][5] = 1;
    pad.start = 1, pad.outputs = 6;
    pad.value[0] = 9;
    OneOpProgram padded(KernelId::Pad1, pad);
    padded.input<int8_t>({1, 2, 3, 4});
    EXPECT_EQ(padded.run<int8_t>(6), (std::vector<int8_t>{9, 1, 2, 9, 3, 4}));

    TransposeParams turn;
    turn.iterator.dims[4] = 3, turn.iterator.dims[5] = 2;
    turn.iterator.strides[0][4] = 1, turn.iterator.strides[0][5] = 3;
    OneOpProgram turned(KernelId::Transpose4, turn);
    turned.input<int32_t>({1, 2, 3, 4, 5, 6});
    EXPECT_EQ(turned.run<int32_t>(6), (std::vector<int32_t>{1, 4, 2, 5, 3, 6}));
}

TEST(Kernels, SoftmaxOfManyEqualValuesDoesNotOverflow) {
    SoftmaxParams p;
    p.rows = 1, p.depth = 5000;
    p.inputFactor = {1 << 30, 20};
    p.smallestDiff = -100;
    OneOpProgram op(KernelId::SoftmaxInt8, p);
    op.input(std::vector<int8_t>(5000, 7));
    EXPECT_EQ(op.run<int8_t>(5000), std::vector<int8_t>(5000, -128));
}

TEST(Kernels, SoftmaxSharesEvenly) {
    SoftmaxParams p;
    p.rows = 2, p.depth = 4;
    p.inputFactor = {1 << 30, 20};
    p.smallestDiff = -100;
    OneOpProgram op(KernelId::SoftmaxInt8, p);
    op.input<int8_t>({5, 5, 5, 5, -9, -9, -9, -9});
    EXPECT_EQ(op.run<int8_t>(8), std::vector<int8_t>(8, 64 - 128));
}

TEST(Kernels, QuantizeSaturates) {
    QuantizeParams p;
    p.elements = 5, p.scale = 0.5f, p.outputZeroPoint = 1;
    OneOpProgram op(KernelId::QuantizeInt8, p);
    op.input<float>({0.0f, 0.25f, -0.25f, 1e30f, -1e30f});
    EXPECT_EQ(op.run<int8_t>(5), (std::vector<int8_t>{1, 2, 0, 127, -128}));
}

TEST(Kernels, SvdfShiftsItsState) {
    SvdfParams p;
    p.batches = 1, p.inputs = 1, p.filters = 2, p.memory = 2, p.rank = 2, p.units = 1;
    p.lowestFloat = -1e9f, p.highestFloat = 1e9f;
    OneOpProgram op(KernelId::SvdfFloat32, p);
    op.input<float>({3}).input<float>({1, 2}).input<float>({1, 10, 100, 1000}).noInput();
    op.input<float>({7, 8, 9, 11});
    // histories become 8, 3 and 11, 6
    EXPECT_EQ(op.run<float>(1, 8), std::vector<float>{8 + 30 + 1100 + 6000});
    EXPECT_EQ(op.operand<float>(3)[0], 8.0f);
    EXPECT_EQ(op.operand<float>(3)[3], 6.0f);
}

}  // namespace
