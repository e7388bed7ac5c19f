// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/intervals.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

TEST(Intervals, WilsonEqualsPublishedValues) {
    // 81 of 263: Newcombe 1998, table I, Wilson score method: 0.2553 to 0.3662.
    const auto share = metrics::wilson(81, 263);
    EXPECT_NEAR(share.value, 81 / 263.0, 1e-12);
    EXPECT_NEAR(share.low, 0.2553, 5e-5);
    EXPECT_NEAR(share.high, 0.3662, 5e-5);
}

TEST(Intervals, WilsonHoldsItsShareAtBothEnds) {
    for (int64_t trials : {1, 7, 500}) {
        EXPECT_EQ(metrics::wilson(0, trials).low, 0.0);
        EXPECT_EQ(metrics::wilson(trials, trials).high, 1.0);
        EXPECT_GT(metrics::wilson(0, trials).high, 0.0);
        EXPECT_LT(metrics::wilson(trials, trials).low, 1.0);
    }
}

TEST(Intervals, BootstrapOfAMeanIsAsWideAsTheNormalApproximation) {
    std::vector<double> values;
    for (int i = 0; i < 400; ++i)
        values.push_back(i % 20);
    const auto mean = metrics::meanOf(values);
    EXPECT_NEAR(mean.value, 9.5, 1e-12);
    // Variance of 0..19 is (20^2 - 1) / 12; half a 95 % interval is 1.96 standard errors.
    const double half = 1.96 * std::sqrt(399.0 / 12 / 400);
    EXPECT_NEAR(mean.value - mean.low, half, 0.1 * half);
    EXPECT_NEAR(mean.high - mean.value, half, 0.1 * half);
}

TEST(Intervals, BootstrapDrawsWithinEachStratum) {
    // The share of a stratum in the whole never changes.
    const auto share = metrics::bootstrap({3, 7}, [](std::span<const int32_t> weights) {
        return weights[0] + weights[1] + weights[2];
    });
    EXPECT_EQ(share.low, 3);
    EXPECT_EQ(share.high, 3);
}

}  // namespace
