// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/figures.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using studies::DataPoint;

TEST(Figures, ALineIsFoundExactly) {
    const auto fit = studies::fitLine({{1, 5}, {2, 7}, {5, 13}});
    EXPECT_NEAR(fit.slope, 2, 1e-12);
    EXPECT_NEAR(fit.intercept, 3, 1e-12);
    EXPECT_NEAR(fit.r2, 1, 1e-12);
    EXPECT_NEAR(fit.mapePercent, 0, 1e-9);
}

TEST(Figures, ErrorsAreSharesOfTheMeasuredValue) {
    const auto errors = studies::lineErrors(1, 0, {{10, 8}, {10, 10}, {30, 20}});
    EXPECT_NEAR(errors.mapePercent, (25.0 + 0 + 50) / 3, 1e-9);
    EXPECT_EQ(errors.worst, 2u);
    EXPECT_NEAR(errors.worstPercent, 50, 1e-9);
}

TEST(Figures, ALineThroughTheOriginHasNoIntercept) {
    const auto fit = studies::fitThroughOrigin({{1, 3}, {2, 5}});
    EXPECT_EQ(fit.intercept, 0);
    EXPECT_NEAR(fit.slope, 13.0 / 5, 1e-12);
}

// Chi squared with 4 degrees of freedom: 0.4844 and 11.143 at 2.5 and 97.5 %.
TEST(Figures, ScatterHasTheIntervalOfNormalSamples) {
    const auto scatter = studies::scatterOf({98, 99, 100, 101, 102});
    EXPECT_NEAR(scatter.mean, 100, 1e-12);
    EXPECT_NEAR(scatter.relative, std::sqrt(2.0) / 100, 1e-12);
    EXPECT_NEAR(scatter.low, scatter.relative * std::sqrt(5 / 11.143), 1e-6);
    EXPECT_NEAR(scatter.high, scatter.relative * std::sqrt(5 / 0.4844), 1e-5);
}

TEST(Figures, NumbersAreWrittenWithoutExponents) {
    EXPECT_EQ(studies::digits(225.24), "225");
    EXPECT_EQ(studies::digits(7.3775, 2), "7.4");
    EXPECT_EQ(studies::digits(0.012345), "0.0123");
    EXPECT_EQ(studies::digits(1234567), "1,234,567");
    EXPECT_EQ(studies::digits(-1234), "-1,234");
    EXPECT_EQ(studies::digits(0), "0");
    EXPECT_EQ(studies::percentText(83.84, 2), "84 %");
}

}  // namespace
