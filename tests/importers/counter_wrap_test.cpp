// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/counter_wrap.h"

#include <gtest/gtest.h>

namespace importers {
namespace {

constexpr double kFull = 4294967296.0;

TEST(CounterWrap, TheUsualValueTellsTheWidth) {
    EXPECT_EQ(unwrapped(1000 - kFull, 1010), 1000);
    EXPECT_EQ(unwrapped(500 - 16777216.0, 480), 500);
    // Printed unsigned, the same difference is nearly 2^32.
    EXPECT_EQ(unwrapped(kFull - 16777216.0 + 500, 480), 500);
}

TEST(CounterWrap, OneWidthAloneIsEnough) {
    EXPECT_EQ(unwrapped(-2e9, std::nullopt), kFull - 2e9);
}

TEST(CounterWrap, TwoWidthsAreAmbiguous) {
    EXPECT_FALSE(unwrapped(-7296, std::nullopt));
}

TEST(CounterWrap, AValueThatNoWidthExplainsIsLeftOut) {
    types::Session session;
    session.measurements.push_back(
        {"#0 CONV_2D", 0, "CONV_2D", types::Quantity::Ticks, {100, -50, 101}, false, ""});
    const WrapRepair repair = repairWraps(session);
    EXPECT_EQ(repair.dropped, 1u);
    EXPECT_EQ(session.measurements[0].samples, (std::vector<double>{100, 101}));
}

TEST(CounterWrap, ALayerThatAlwaysTakesLongIsLeftAlone) {
    types::Session session;
    session.measurements.push_back(
        {"#0 CONV_2D", 0, "CONV_2D", types::Quantity::Ticks, {3e9, 3.1e9}, false, ""});
    EXPECT_EQ(repairWraps(session).repaired, 0u);
    EXPECT_EQ(session.measurements[0].samples.size(), 2u);
}

}  // namespace
}  // namespace importers
