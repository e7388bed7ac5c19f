// SPDX-License-Identifier: GPL-3.0-or-later
// Kernels whose operands are known at run time only: indices, windows and shapes out of range stop
// the run; integer divisions; dense layers whose weights have a zero point.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "one_op_program.h"
#include "runtime/kernels/binary.h"
#include "runtime/kernels/broadcast_args.h"
#include "runtime/kernels/dynamic_slice.h"
#include "runtime/kernels/embedding.h"
#include "runtime/kernels/fully_connected.h"

namespace {

using namespace runtime;

using Ints = std::vector<int32_t>;

/// A window of a 3 x 4 image of int8 elements 0 to 11.
struct Slice {
    Slice(Ints begin, Ints size, size_t elements, int32_t entries = 2) {
        DynamicSliceParams p;
        p.dims[0] = 3;
        p.dims[1] = 4;
        p.rank = 2;
        p.entries = entries;
        std::vector<int8_t> image(12);
        std::iota(image.begin(), image.end(), int8_t{0});
        OneOpProgram op(KernelId::DynamicSlice, p);
        op.input(image).input(begin).input(size);
        output = op.run<int8_t>(elements);
        status = op.status;
    }
    std::vector<int8_t> output;
    Status status;
};

TEST(RunTimeOperands, ASliceCopiesItsWindow) {
    EXPECT_EQ(Slice({1, 2}, {2, 2}, 4).output, (std::vector<int8_t>{6, 7, 10, 11}));
    EXPECT_EQ(Slice({0, 1}, {-1, 1}, 3).output, (std::vector<int8_t>{1, 5, 9}));
    EXPECT_EQ(Slice({2, 0}, {1, -1}, 4).output, (std::vector<int8_t>{8, 9, 10, 11}));
}

TEST(RunTimeOperands, WhatASliceDoesNotReachIsZero) {
    EXPECT_EQ(Slice({1, 0}, {1, 2}, 4).output, (std::vector<int8_t>{4, 5, 0, 0}));
    EXPECT_EQ(Slice({1, 0}, {0, 2}, 4).output, (std::vector<int8_t>(4, 0)));
    EXPECT_EQ(Slice({-7}, {-5}, 2, 1).output, (std::vector<int8_t>(2, 0)));
}

TEST(RunTimeOperands, ASliceOutsideItsInputStopsTheRun) {
    constexpr int32_t kMost = 2147483647;
    for (const Ints& begin : {Ints{-1, 0}, Ints{3, 0}, Ints{0, 4}, Ints{kMost, 0}})
        EXPECT_EQ(Slice(begin, {1, 1}, 4).status, Status::BadData);
    EXPECT_EQ(Slice({0, 0}, {kMost, kMost}, 4).status, Status::BadData);
    EXPECT_EQ(Slice({0, 0}, {3, 4}, 4).status, Status::BadData);  // more than the output holds
}

TEST(RunTimeOperands, AnEmbeddingScalesTheRowsOfItsIds) {
    const EmbeddingParams p{2, 3, 2, 0.5f};
    OneOpProgram op(KernelId::EmbeddingInt8, p);
    op.input<int32_t>({2, 0}).input<int8_t>({1, 2, 3, 4, -5, 6});
    EXPECT_EQ(op.run<float>(4), (std::vector<float>{-2.5f, 3.0f, 0.5f, 1.0f}));
    for (const int32_t id : {-1, 3}) {
        OneOpProgram outside(KernelId::EmbeddingInt8, p);
        outside.input<int32_t>({0, id}).input<int8_t>({1, 2, 3, 4, -5, 6});
        outside.run<float>(4);
        EXPECT_EQ(outside.status, Status::BadData);
    }
}

TEST(RunTimeOperands, ShapesBroadcastAsInNumPy) {
    const auto joined = [](const Ints& a, const Ints& b, Status wanted) {
        const auto count = [](const Ints& shape) { return static_cast<int32_t>(shape.size()); };
        const int32_t rank = std::max(count(a), count(b));
        OneOpProgram op(KernelId::BroadcastArgs, BroadcastArgsParams{count(a), count(b), rank, 0});
        op.input(a).input(b);
        const Ints output = op.run<int32_t>(static_cast<size_t>(rank));
        EXPECT_EQ(op.status, wanted);
        return output;
    };
    EXPECT_EQ(joined({5, 1, 3}, {4, 1}, Status::Ok), (Ints{5, 4, 3}));
    EXPECT_EQ(joined({0}, {7, 1}, Status::Ok), (Ints{7, 0}));
    joined({2}, {3}, Status::BadData);
}

TEST(RunTimeOperands, FloorDivisionRoundsDown) {
    const Ints a = {7, -7, 7, -7, 6, 0, -2147483647 - 1, 5}, b = {2, 2, -2, -2, -3, 9, -1, 100};
    BinaryParams p;
    p.iterator.dims[kIteratorRank - 1] = static_cast<int32_t>(a.size());
    for (auto& strides : p.iterator.strides)
        strides[kIteratorRank - 1] = 1;
    OneOpProgram modulo(KernelId::FloorModInt32, p), division(KernelId::FloorDivInt32, p);
    modulo.input(a).input(b);
    division.input(a).input(b);
    Ints rests, quotients;
    for (size_t i = 0; i < a.size(); ++i) {
        const double exact = std::floor(static_cast<double>(a[i]) / b[i]);
        quotients.push_back(static_cast<int32_t>(static_cast<int64_t>(exact)));
        rests.push_back(static_cast<int32_t>(a[i] - static_cast<int64_t>(exact) * b[i]));
    }
    EXPECT_EQ(modulo.run<int32_t>(a.size()), rests);
    EXPECT_EQ(division.run<int32_t>(a.size()), quotients);
    OneOpProgram byZero(KernelId::FloorModInt32, p);
    byZero.input(a).input(Ints(a.size(), 0)).run<int32_t>(a.size());
    EXPECT_EQ(byZero.status, Status::BadData);
}

TEST(RunTimeOperands, AZeroPointOfWeightsIsSubtracted) {
    FullyConnectedParams p;
    p.batches = p.outputs = 2;
    p.depth = 3;
    p.inputOffset = 4;
    p.weightOffset = -9;
    p.lowest = -128;
    p.highest = 127;
    p.factors = OneOpProgram::factorsPart<FullyConnectedParams>(1);
    const std::vector<int8_t> input = {1, -2, 3, 127, -128, 0}, weights = {9, 10, 8, 7, 9, 11};
    std::vector<int8_t> wanted;
    for (size_t row = 0; row < 2; ++row)
        for (size_t out = 0; out < 2; ++out) {
            int32_t sum = out == 0 ? 5 : -6;
            for (size_t i = 0; i < 3; ++i)
                sum += (input[row * 3 + i] + 4) * (weights[out * 3 + i] - 9);
            wanted.push_back(static_cast<int8_t>(std::min(127, std::max(-128, sum))));
        }
    OneOpProgram op(KernelId::ShiftedFullyConnectedInt8, p, {Factor{1 << 30, 1}});
    op.input(input).input(weights).input<int32_t>({5, -6});
    EXPECT_EQ(op.run<int8_t>(4), wanted);
}

}  // namespace
