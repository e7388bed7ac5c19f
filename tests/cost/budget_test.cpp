// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/budget.h"

#include <gtest/gtest.h>

#include <numeric>

namespace {

types::DeviceProfile board() {
    types::DeviceProfile device;
    device.flashBytes = 1000;
    device.sramBytes = 500;
    device.reservedFlash = {{"runtime", 300, "measured"}, {"drivers", 100, "measured"}};
    device.reservedSram = {{"stack", 50, "assumed"}};
    return device;
}

int64_t sumOfLines(const types::Budget& budget) {
    return std::accumulate(budget.lines.begin(), budget.lines.end(), int64_t{0},
                           [](int64_t sum, const auto& line) { return sum + line.bytes; });
}

TEST(Budget, FlashIsModelAndReservedLines) {
    const auto budget = cost::flashBudget(600, board());
    EXPECT_EQ(budget.usedBytes, 1000);
    EXPECT_EQ(budget.usedBytes, sumOfLines(budget));
    EXPECT_TRUE(budget.fits());
    EXPECT_EQ(budget.spareBytes(), 0);
    const auto tooMuch = cost::flashBudget(601, board());
    EXPECT_FALSE(tooMuch.fits());
    EXPECT_EQ(tooMuch.spareBytes(), -1);
}

TEST(Budget, SramIsArenaAndReservedLines) {
    const auto budget = cost::sramBudget({300, 100}, board());
    EXPECT_EQ(budget.limitBytes, 500);
    EXPECT_EQ(budget.usedBytes, 450);
    EXPECT_EQ(budget.usedBytes, sumOfLines(budget));
    EXPECT_TRUE(budget.fits());
}

TEST(Budget, UnknownPersistentPartIsSaid) {
    const auto budget = cost::sramBudget({300, std::nullopt}, board());
    EXPECT_EQ(budget.usedBytes, 350);
    ASSERT_EQ(budget.lines.size(), 3u);
    EXPECT_NE(budget.lines[1].source.find("unknown"), std::string::npos);
}

TEST(Budget, EveryLineHasASource) {
    for (const auto& budget :
         {cost::flashBudget(1, board()), cost::sramBudget({1, std::nullopt}, board())})
        for (const auto& line : budget.lines)
            EXPECT_FALSE(line.source.empty()) << line.what;
}

}  // namespace
