// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/median_estimate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "statistics/median.h"

namespace {

using statistics::estimateMedian;

std::vector<double> normalSamples(size_t count, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal(100, 1);
    std::vector<double> samples(count);
    for (double& sample : samples)
        sample = normal(random);
    return samples;
}

TEST(MedianEstimate, HasTheErrorThatTheoryGivesForNormalSamples) {
    // Of the median of n normal samples it is sqrt(pi / 2 / n).
    double sum = 0;
    constexpr int kRounds = 40;
    for (int round = 0; round < kRounds; ++round)
        sum += *estimateMedian(normalSamples(400, round)).standardError;
    EXPECT_NEAR(sum / kRounds, std::sqrt(std::acos(-1.0) / 2 / 400), 0.15 * 0.0627);
}

TEST(MedianEstimate, SlowChangeWidensTheError) {
    auto samples = normalSamples(100, 1);
    const double steady = *estimateMedian(samples).standardError;
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i] += i < 50 ? 0 : 3;
    EXPECT_GT(*estimateMedian(samples).standardError, 3 * steady);
}

TEST(MedianEstimate, OutliersDoNotMoveIt) {
    auto samples = normalSamples(100, 2);
    const auto clean = estimateMedian(samples);
    for (size_t i = 0; i < samples.size(); i += 20)
        samples[i] *= 50;
    const auto dirty = estimateMedian(samples);
    EXPECT_NEAR(dirty.median, clean.median, 0.3);
    EXPECT_LT(*dirty.standardError, 2 * *clean.standardError);
}

TEST(MedianEstimate, IsTheSameEveryTimeAndKnowsWhatItRestsOn) {
    const auto samples = normalSamples(30, 3);
    const auto one = estimateMedian(samples), again = estimateMedian(samples);
    EXPECT_EQ(*one.standardError, *again.standardError);
    EXPECT_EQ(one.median, statistics::median(samples));
    EXPECT_EQ(one.samples, 30u);
    EXPECT_NEAR(one.freedom, 1 / (1 / 5.0 + 1 / std::sqrt(30.0)), 1e-12);
}

TEST(MedianEstimate, FewSamples) {
    EXPECT_FALSE(estimateMedian(std::vector<double>{}).standardError);
    EXPECT_FALSE(estimateMedian(std::vector<double>{5}).standardError);
    EXPECT_EQ(*estimateMedian(std::vector<double>{5, 5}).standardError, 0);
    // Read in whole steps, it is known to a step at best.
    EXPECT_GE(*estimateMedian(std::vector<double>{8, 8, 8, 8, 8, 8, 8, 8, 9}).standardError,
              1 / std::sqrt(12.0));
}

}  // namespace
