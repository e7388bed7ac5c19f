// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/number_format.h"

#include <gtest/gtest.h>

namespace {

using namespace views;

TEST(NumberFormat, GroupsExactNumbers) {
    EXPECT_EQ(grouped(2656768), "2,656,768");
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(-1234), "−1,234");
    EXPECT_EQ(exactText(Unit::Bytes, 53936), "53,936 bytes");
    EXPECT_EQ(exactText(Unit::Microseconds, 46213.44), "46,213.4 µs");
    EXPECT_EQ(exactText(Unit::Share, 0.875), "87.5 %");
}

TEST(NumberFormat, KeepsThreeSignificantDigits) {
    EXPECT_EQ(shortText(Unit::Count, 999), "999");
    EXPECT_EQ(shortText(Unit::Count, 24908), "24.9 k");
    EXPECT_EQ(shortText(Unit::Count, 2656768), "2.66 M");
    EXPECT_EQ(shortText(Unit::Bytes, 512), "512 bytes");
    EXPECT_EQ(shortText(Unit::Bytes, 53936), "52.7 KiB");
    EXPECT_EQ(shortText(Unit::Bytes, 3.5 * 1024 * 1024), "3.50 MiB");
}

TEST(NumberFormat, ChoosesTimeAndEnergyUnits) {
    EXPECT_EQ(shortText(Unit::Microseconds, 812), "812 µs");
    EXPECT_EQ(shortText(Unit::Microseconds, 46213), "46.2 ms");
    EXPECT_EQ(shortText(Unit::Microseconds, 2.5e6), "2.50 s");
    EXPECT_EQ(shortText(Unit::Microjoules, 1234), "1.23 mJ");
}

TEST(NumberFormat, TellsPowerAndLongTimes) {
    EXPECT_EQ(shortText(Unit::Microwatts, 412), "412 µW");
    EXPECT_EQ(shortText(Unit::Microwatts, 1610), "1.61 mW");
    EXPECT_EQ(shortText(Unit::Hours, 5.5), "5.50 hours");
    EXPECT_EQ(shortText(Unit::Hours, 1400), "58.3 days");
    EXPECT_EQ(shortText(Unit::Hours, 3 * 8766), "3.00 years");
}

TEST(NumberFormat, RoundingDoesNotLeaveFourDigits) {
    EXPECT_EQ(shortText(Unit::Count, 999999), "1.00 M");
    EXPECT_EQ(shortText(Unit::Microseconds, 999.9), "1.00 ms");
}

TEST(NumberFormat, TicksDropZeros) {
    EXPECT_EQ(tickText(Unit::Bytes, 8192), "8 KiB");
    EXPECT_EQ(tickText(Unit::Bytes, 1536), "1.5 KiB");
    EXPECT_EQ(tickText(Unit::Bytes, 0), "0 bytes");
    EXPECT_EQ(tickText(Unit::Bytes, 512 * 1024), "512 KiB");
}

TEST(NumberFormat, TellsChanges) {
    EXPECT_EQ(changeText(62, 100), "−38 %");
    EXPECT_EQ(changeText(104, 100), "+4.0 %");
    EXPECT_EQ(changeText(7, 7), "no change");
}

TEST(NumberFormat, WritesPercentWithASpace) {
    EXPECT_EQ(percentText(13.04, 'g', 2), "13 %");
    EXPECT_EQ(percentText(-4.06, 'f', 1), "−4.1 %");
    EXPECT_EQ(signedPercentText(-4.06, 1), "−4.1 %");
    EXPECT_EQ(signedPercentText(12.346, 2), "+12.35 %");
    EXPECT_EQ(figureText(1556), "1,556");
    EXPECT_EQ(figureText(-12345.6), "−12,346");
    EXPECT_EQ(figureText(3.14159), "3.142");
}

TEST(NumberFormat, GroupsWithAMinus) {
    EXPECT_EQ(grouped(2656768), "2,656,768");
    EXPECT_EQ(grouped(-1000), "−1,000");
}

TEST(NumberFormat, PlainNumbersAreForMachines) {
    EXPECT_EQ(plainNumber(Unit::Count, 2656768), "2656768");
    EXPECT_EQ(plainNumber(Unit::Microseconds, 46213.44), "46213.4");
}

TEST(NumberFormat, ScalesAxesByTheLargestValue) {
    EXPECT_EQ(axisScale(Unit::Bytes, 5000).name, "KiB");
    EXPECT_EQ(axisScale(Unit::Microseconds, 5000).divisor, 1000);
    EXPECT_EQ(axisScale(Unit::Count, 12).name, "");
}

}  // namespace
