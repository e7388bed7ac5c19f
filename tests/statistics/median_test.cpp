// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "statistics/median.h"

namespace {

TEST(Median, IsTheMiddleOfTheSortedSamples) {
    EXPECT_EQ(statistics::median({9, 1, 5}), 5);
    EXPECT_EQ(statistics::median({4, 1, 2, 3}), 2.5);
    EXPECT_EQ(statistics::median({}), 0);
    EXPECT_EQ(statistics::median({1.5e308, 1.7e308}), 1.6e308);
}

}  // namespace
