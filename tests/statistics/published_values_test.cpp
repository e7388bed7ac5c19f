// SPDX-License-Identifier: GPL-3.0-or-later
// Tests of hypotheses against values from the literature and from other programs.
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "statistics/compare_medians.h"
#include "statistics/drift.h"
#include "statistics/holm.h"
#include "statistics/rank_test.h"

namespace {

TEST(RankTest, AgreesWithHollanderAndWolfe) {
    // "Nonparametric Statistical Methods", 1973, page 69 (permeability of membranes; also in R's
    // help of wilcox.test): W = 35. With correction for continuity z = 9.5 / sqrt(200 / 3).
    const std::vector<double> x = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    const std::vector<double> y = {1.15, 0.88, 0.90, 0.74, 1.21};
    const auto test = statistics::rankTest(x, y);
    EXPECT_EQ(test.u, 35);
    EXPECT_NEAR(test.pValue, 0.2446, 0.0002);
}

TEST(RankTest, CountsTiesHalf) {
    const std::vector<double> a = {1, 2, 2, 3}, b = {2, 2, 4, 5};
    EXPECT_EQ(statistics::rankTest(a, b).u, 4);
    EXPECT_EQ(statistics::rankTest(b, a).u, 12);
    EXPECT_EQ(statistics::rankTest(a, a).pValue, 1);
    const std::vector<double> same = {7, 7, 7};
    EXPECT_EQ(statistics::rankTest(same, same).pValue, 1);
}

TEST(RankTest, EndsWhereASampleIsNoNumber) {
    const std::vector<double> odd = {1, std::numeric_limits<double>::quiet_NaN()}, even = {2, 3};
    EXPECT_EQ(statistics::rankTest(even, even).pValue, 1);
    EXPECT_LE(statistics::rankTest(odd, even).pValue, 1);
}

TEST(Holm, AdjustsStepByStep) {
    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02
    const auto adjusted = statistics::holmAdjusted({0.01, 0.04, 0.03, 0.005});
    const std::vector<double> expected = {0.03, 0.06, 0.06, 0.02};
    for (size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(adjusted[i], expected[i], 1e-12);
    EXPECT_EQ(statistics::holmAdjusted({0.9, 0.8}), (std::vector<double>{1, 1}));
    EXPECT_TRUE(statistics::holmAdjusted({}).empty());
}

TEST(CompareMedians, IsWelchsTest) {
    // Standard errors 3 and 4 with 10 degrees each: error 5, freedom 25^2 / (81/10 + 256/10) =
    // 18.546. Student's t tables: t(0.975, 18.546) = 2.0963.
    const statistics::MedianEstimate a{100, 11, 3.0, 10}, b{110, 11, 4.0, 10};
    const auto difference = statistics::compareMedians(a, b, {}, 0.95);
    EXPECT_EQ(difference->value, 10);
    EXPECT_NEAR(difference->high - 10, 5 * 2.0963, 0.01);
    EXPECT_NEAR(difference->low, 10 - 5 * 2.0963, 0.01);
    EXPECT_NEAR(difference->pValue, 0.0602, 0.0005);
}

TEST(CompareMedians, NoiseBetweenSessionsWidensIt) {
    const statistics::MedianEstimate a{100, 30, 0.1, 5}, b{110, 30, 0.1, 5};
    EXPECT_LT(statistics::compareMedians(a, b, {}, 0.95)->pValue, 1e-6);
    const statistics::Between between{10, std::numeric_limits<double>::infinity()};
    EXPECT_NEAR(statistics::compareMedians(a, b, between, 0.95)->pValue, 0.3173, 0.001);
}

TEST(CompareMedians, WithoutSpreadAndWithoutError) {
    const statistics::MedianEstimate a{100, 30, 0.0, 5}, b{101, 30, 0.0, 5}, one{100, 1, {}, 0};
    EXPECT_EQ(statistics::compareMedians(a, a, {}, 0.95)->pValue, 1);
    EXPECT_EQ(statistics::compareMedians(a, b, {}, 0.95)->pValue, 0);
    EXPECT_FALSE(statistics::compareMedians(a, one, {}, 0.95));
}

TEST(CompareMedians, KnowsNoUnit) {
    const statistics::MedianEstimate a{100, 11, 3.0, 10}, b{110, 11, 4.0, 10};
    const auto plain = statistics::compareMedians(a, b, {}, 0.95);
    for (const double unit : {1e80, 1e300, 1e-200}) {
        const statistics::MedianEstimate c{100 * unit, 11, 3 * unit, 10},
            d{110 * unit, 11, 4 * unit, 10};
        const auto scaled = statistics::compareMedians(c, d, {}, 0.95);
        ASSERT_TRUE(scaled);
        EXPECT_NEAR(scaled->pValue, plain->pValue, 1e-9);
        EXPECT_NEAR(scaled->low / unit, plain->low, 1e-9);
        EXPECT_NEAR(scaled->high / unit, plain->high, 1e-9);
    }
}

TEST(CompareMedians, GivesNothingWhereNumbersEnd) {
    constexpr double kMax = std::numeric_limits<double>::max();
    const statistics::MedianEstimate a{-kMax, 11, 1.0, 10}, b{kMax, 11, 1.0, 10};
    EXPECT_FALSE(statistics::compareMedians(a, b, {}, 0.95));
    const statistics::MedianEstimate c{0, 11, 2 * kMax, 10};
    EXPECT_FALSE(statistics::compareMedians(b, c, {}, 0.95));
    EXPECT_FALSE(
        statistics::compareMedians(b, b, {std::numeric_limits<double>::quiet_NaN(), 1}, 0.95));
}

TEST(Drift, ComparesTheFirstThirdWithTheLast) {
    std::vector<double> rising, steady;
    for (int i = 0; i < 30; ++i) {
        rising.push_back(100 + 0.2 * i);
        steady.push_back(100 + i % 3);
    }
    const auto found = statistics::driftOf(rising, 0.01);
    EXPECT_TRUE(found.found);
    EXPECT_NEAR(found.relative, 4.0 / 100.9, 0.001);
    EXPECT_FALSE(statistics::driftOf(rising, 0.10).found);
    EXPECT_FALSE(statistics::driftOf(steady, 0.001).found);
    EXPECT_FALSE(statistics::driftOf(std::vector<double>{1, 2, 3}, 0.01).found);
}

}  // namespace
