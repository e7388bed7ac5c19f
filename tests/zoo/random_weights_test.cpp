// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/random_weights.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using zoo::RandomWeights;

// Published first outputs of splitmix64 for the state 1234567 (Vigna's reference code).
TEST(RandomWeights, FollowsTheReferenceSequence) {
    RandomWeights random(1234567);
    EXPECT_EQ(random.next(), 6457827717110365317u);
    EXPECT_EQ(random.next(), 3203168211198807973u);
    EXPECT_EQ(random.next(), 9817491932198370423u);
}

TEST(RandomWeights, NormalNumbersHaveMeanZeroAndVarianceOne) {
    RandomWeights random(7);
    constexpr int kDraws = 200000;
    double sum = 0, squares = 0, largest = 0;
    int beyondTwo = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double x = random.normal();
        sum += x;
        squares += x * x;
        largest = std::max(largest, std::fabs(x));
        if (std::fabs(x) > 2) ++beyondTwo;
    }
    EXPECT_NEAR(sum / kDraws, 0, 0.01);
    EXPECT_NEAR(squares / kDraws, 1, 0.02);
    EXPECT_LE(largest, 6);
    EXPECT_GT(largest, 3.5);
    EXPECT_NEAR(static_cast<double>(beyondTwo) / kDraws, 0.0455, 0.004);
}

TEST(RandomWeights, TheSameSeedGivesTheSameNumbers) {
    RandomWeights a(3), b(3), c(4);
    const double first = a.normal();
    EXPECT_EQ(first, b.normal());
    EXPECT_NE(first, c.normal());
}

}  // namespace
