// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "compat/compat.h"
#include "small_graphs.h"

namespace {

using namespace types;
using small::tensorOf;

/// A grouped convolution of 3x3 with padding.
Graph grouped() {
    return small::graphOf(
        OpKind::CONV_2D,
        {tensorOf(DataType::Int8, {1, 8, 8, 8}), tensorOf(DataType::Int8, {8, 3, 3, 4}, 8),
         tensorOf(DataType::Int32, {8}, 8), tensorOf(DataType::Int8, {1, 8, 8, 8})},
        WindowOptions{});
}

TEST(Upgrade, ScratchAndVerdictsThatChangeAreListed) {
    const auto upgrade = compat::compareKernels(grouped(), "esp-nn@1.1.2", "esp-nn@1.2.3");
    ASSERT_TRUE(upgrade);
    ASSERT_EQ(upgrade->layers.size(), 1u);
    const KernelUpgrade::Layer& layer = upgrade->layers[0];
    EXPECT_EQ(layer.op, "#0 CONV_2D");
    EXPECT_NE(layer.scratchBefore, layer.scratchAfter);
    EXPECT_EQ(layer.before.verdict, Support::Wrong);
    EXPECT_EQ(layer.after.verdict, Support::FallsBack);
}

TEST(Upgrade, NothingIsListedBetweenEqualReleases) {
    const auto upgrade = compat::compareKernels(grouped(), "esp-nn@1.0.0", "esp-nn@1.0.2");
    ASSERT_TRUE(upgrade);
    EXPECT_TRUE(upgrade->layers.empty());
    EXPECT_EQ(upgrade->before.arena.usedBytes(), upgrade->after.arena.usedBytes());
}

TEST(Upgrade, UnknownLibrariesAreErrors) {
    EXPECT_FALSE(compat::compareKernels(grouped(), "esp-nn@9", "esp-nn"));
    EXPECT_FALSE(compat::arenasOf(grouped(), "xnnpack"));
    const auto all = compat::arenasOf(grouped(), "cmsis-nn", "Cortex-M55");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), 6u);
    EXPECT_EQ(compat::arenasOf(grouped(), "cmsis-nn@7.0")->size(), 1u);
    EXPECT_EQ(compat::arenasOf(grouped(), "reference")->size(), 1u);
}

}  // namespace
