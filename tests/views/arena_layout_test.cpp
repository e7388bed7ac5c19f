// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/arena_layout.h"

#include <gtest/gtest.h>

#include "sample_evaluation.h"

namespace {

using views::ArenaLayout;

/// Three columns of 100 pixels; one pixel a byte, address 0 at y = 1100.
ArenaLayout sampleLayout() {
    return ArenaLayout(sample::plan(), 3, QRectF(0, 0, 300, 90), QRectF(0, 100, 300, 1000), 1000);
}

TEST(ArenaLayout, PutsBuffersAtTheirAddressesAndTimes) {
    const ArenaLayout layout = sampleLayout();
    EXPECT_EQ(layout.bufferRect(0), QRectF(0, 1100 - 256, 100, 256));
    EXPECT_EQ(layout.bufferRect(1), QRectF(0, 1100 - 768, 200, 512));
    EXPECT_EQ(layout.bufferRect(3), QRectF(100, 1100 - 896, 100, 128));
}

TEST(ArenaLayout, HitsWhatIsUnderThePoint) {
    const ArenaLayout layout = sampleLayout();
    EXPECT_EQ(layout.bufferAt({50, 1090}), 0);
    EXPECT_EQ(layout.bufferAt({150, 600}), 1);
    EXPECT_EQ(layout.bufferAt({250, 1000}), 2);
    EXPECT_EQ(layout.bufferAt({150, 250}), 3);
    EXPECT_EQ(layout.bufferAt({250, 500}), -1);
    EXPECT_EQ(layout.opAt({250, 500}), 2);
    EXPECT_EQ(layout.opAt({-1, 500}), -1);
    EXPECT_EQ(layout.opAt({300, 500}), -1);
}

TEST(ArenaLayout, SumsWhatIsAlive) {
    const ArenaLayout layout = sampleLayout();
    EXPECT_EQ(layout.aliveBytes(0), 768);
    EXPECT_EQ(layout.aliveBytes(1), 896);
    EXPECT_EQ(layout.aliveBytes(2), 256);
    EXPECT_DOUBLE_EQ(layout.totalYOf(896), 0);
}

TEST(ArenaLayout, BuffersAliveTogetherDoNotOverlapOnScreen) {
    const ArenaLayout layout = sampleLayout();
    for (size_t a = 0; a < 4; ++a)
        for (size_t b = a + 1; b < 4; ++b) {
            const QRectF common = layout.bufferRect(a).intersected(layout.bufferRect(b));
            EXPECT_LE(common.width() * common.height(), 1e-9) << a << " and " << b;
        }
}

// T2 is written over T1 by operator 1: they meet in the middle of its column and count once.
TEST(ArenaLayout, SharedPlacesMeetInTheMiddle) {
    types::MemoryPlan plan;
    plan.buffers = {{1, 512, 512, 0, 0, 1}, {2, 512, 512, 0, 1, 2, 1}};
    const ArenaLayout layout(plan, 3, QRectF(0, 0, 300, 90), QRectF(0, 100, 300, 1000), 1000);
    EXPECT_EQ(layout.bufferRect(0), QRectF(0, 1100 - 512, 150, 512));
    EXPECT_EQ(layout.bufferRect(1), QRectF(150, 1100 - 512, 150, 512));
    EXPECT_EQ(layout.aliveBytes(1), 512);
}

TEST(ArenaLayout, TakesAModelWithoutOperators) {
    const ArenaLayout layout({}, 0, QRectF(0, 0, 300, 90), QRectF(0, 100, 300, 1000), 1);
    EXPECT_EQ(layout.opAt({50, 500}), -1);
    EXPECT_EQ(layout.bufferAt({50, 500}), -1);
}

}  // namespace
