// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/roc.h"

#include <gtest/gtest.h>

namespace {

TEST(Roc, CountsPairsAndHalvesTies) {
    // Of the 2 x 3 pairs, positives win 3 and tie 1.
    const auto area = metrics::areaUnderRoc({1, 4}, {4, 5, 0});
    ASSERT_TRUE(area);
    EXPECT_DOUBLE_EQ(area->value, 3.5 / 6);
    EXPECT_LE(area->low, area->value);
    EXPECT_GE(area->high, area->value);
}

TEST(Roc, PerfectAndUselessScores) {
    EXPECT_DOUBLE_EQ(metrics::areaUnderRoc({1, 2}, {3, 4})->value, 1.0);
    EXPECT_DOUBLE_EQ(metrics::areaUnderRoc({3, 4}, {1, 2})->value, 0.0);
    EXPECT_DOUBLE_EQ(metrics::areaUnderRoc({1, 1, 1}, {1, 1})->value, 0.5);
}

TEST(Roc, NeedsBothClasses) {
    EXPECT_FALSE(metrics::areaUnderRoc({}, {1}));
    EXPECT_FALSE(metrics::areaUnderRoc({1}, {}));
}

}  // namespace
