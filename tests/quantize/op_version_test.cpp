// SPDX-License-Identifier: GPL-3.0-or-later
// Versions that readers check.
#include "quantized_net.h"

namespace {

using namespace quantized;

TEST(OpVersion, GrowsWithTheTypes) {
    const auto net = smallNet();
    const auto versionIn = [&](Precision precision, OpKind kind) {
        const auto graph = apply(net, in(precision), dataFor(*net)).graph;
        return first(*graph, kind).version;
    };
    EXPECT_EQ(versionIn(Precision::Float32, OpKind::CONV_2D), 1);
    EXPECT_EQ(versionIn(Precision::Int8, OpKind::CONV_2D), 3);
    EXPECT_EQ(versionIn(Precision::Int16x8, OpKind::CONV_2D), 1);
    EXPECT_EQ(versionIn(Precision::Int8W4, OpKind::CONV_2D), 7);
    EXPECT_EQ(versionIn(Precision::Int16x8, OpKind::ADD), 3);
    EXPECT_EQ(versionIn(Precision::Int8, OpKind::SOFTMAX), 2);
}

TEST(OpVersion, ScalesPerOutputAskForNoOtherDenseLayer) {
    const auto net = smallNet();
    for (const bool perChannel : {true, false}) {
        auto variation = in(Precision::Int8);
        variation.quantize.perChannel = perChannel;
        const auto graph = apply(net, variation, dataFor(*net)).graph;
        EXPECT_EQ(first(*graph, OpKind::FULLY_CONNECTED).version, 4);
    }
    const auto fourBits = apply(net, in(Precision::Int8W4), dataFor(*net)).graph;
    EXPECT_EQ(first(*fourBits, OpKind::FULLY_CONNECTED).version, 10);
}

}  // namespace
