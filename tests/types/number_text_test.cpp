// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/number_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace {

using namespace types;

TEST(NumberText, GroupsThousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(-1000), "-1,000");
    EXPECT_EQ(grouped(1234567), "1,234,567");
    EXPECT_EQ(grouped(std::numeric_limits<int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(NumberText, KeepsSignificantDigitsWithoutAnExponent) {
    EXPECT_EQ(digits(225.4), "225");
    EXPECT_EQ(digits(7.4321), "7.43");
    EXPECT_EQ(digits(0.012345), "0.0123");
    EXPECT_EQ(digits(12345), "12,345");
    EXPECT_EQ(digits(-1234567.0, 2), "-1,234,567");
    EXPECT_EQ(digits(0), "0");
}

TEST(NumberText, WritesPercentWithASpace) {
    EXPECT_EQ(percentText(83.84, 2), "84 %");
    EXPECT_EQ(percentText(0.5312, 2), "0.53 %");
    EXPECT_EQ(percentText(89.76, "%.1f"), "89.8 %");
    EXPECT_EQ(percentText(25, "%.3g"), "25 %");
}

}  // namespace
