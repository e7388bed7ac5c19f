// SPDX-License-Identifier: GPL-3.0-or-later
// Rates of false alarms (a difference reported where there is none) and of detections.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "made_session.h"
#include "statistics/compare_sessions.h"

namespace {

using test_statistics::session;
using Random = std::mt19937_64;

/// Noise like that of devices, with an offset per session.
struct Noise {
    double spread = 0.01;     ///< relative; the distribution is skewed to the right
    double drift = 0;         ///< change from the first sample to the last, up or down
    double neighbours = 0;    ///< correlation of a sample's error with the next one's
    double outlierShare = 0;  ///< samples that take 10 to 60 % longer
};

std::vector<double> samplesOf(const Noise& noise, double level, int count, Random& random) {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    const double slope = noise.drift * (uniform(random) < 0.5 ? -1 : 1);
    std::vector<double> samples;
    double error = normal(random);
    for (int i = 0; i < count; ++i) {
        error = noise.neighbours * error +
                std::sqrt(1 - noise.neighbours * noise.neighbours) * normal(random);
        // A log-normal of sigma 0.5 brought to mean 0 and deviation 1.
        const double skewed = (std::exp(0.5 * error) - std::exp(0.125)) / 0.604;
        double value = level * (1 + noise.spread * skewed + slope * (i / (count - 1.0) - 0.5));
        if (uniform(random) < noise.outlierShare) value *= 1.1 + 0.5 * uniform(random);
        samples.push_back(value);
    }
    return samples;
}

types::Session drawn(const char* name, const Noise& noise, double level, Random& random) {
    return session(name, samplesOf(noise, 3 * level, 30, random),
                   {samplesOf(noise, level, 30, random), samplesOf(noise, 2 * level, 30, random)});
}

bool anySignificant(const types::SessionComparison& comparison) {
    for (const auto* rows : {&comparison.layers, &comparison.totals})
        for (const types::ComparedRow& row : *rows)
            if (row.significant) return true;
    return false;
}

/// Share of comparisons of equal things in which any row is reported as different.
double falseAlarms(const Noise& noise, int rounds, double minimumEffect, uint64_t seed) {
    Random random(seed);
    statistics::CompareOptions options;
    options.minimumEffect = minimumEffect;
    int alarms = 0;
    for (int round = 0; round < rounds; ++round)
        alarms += anySignificant(*statistics::compareSessions(
            drawn("a", noise, 1000, random), drawn("b", noise, 1000, random), options));
    return alarms / static_cast<double>(rounds);
}

constexpr Noise kRealistic{0.03, 0.02, 0.3, 0.05};

TEST(FalseAlarms, AreRareInTwoThousandSessionsOfTheSameThing) {
    EXPECT_LE(falseAlarms(kRealistic, 2000, 0.01, 1), 0.05);
}

TEST(FalseAlarms, StayRareWithoutAMinimumEffect) {
    EXPECT_LE(falseAlarms({0.03, 0, 0, 0}, 400, 0, 2), 0.05);
    EXPECT_LE(falseAlarms({0.03, 0, 0, 0.05}, 400, 0, 3), 0.05);
    EXPECT_LE(falseAlarms(kRealistic, 400, 0, 4), 0.05);
}

TEST(FalseAlarms, ATrueChangeOfTwoPercentIsFound) {
    Random random(5);
    int found = 0;
    constexpr int kRounds = 400;
    for (int round = 0; round < kRounds; ++round) {
        const auto before = session("a", samplesOf({}, 1000, 30, random));
        const auto after = session("b", samplesOf({}, 1020, 30, random));
        found += statistics::compareSessions(before, after)->totals[0].significant;
    }
    EXPECT_GE(found, 0.95 * kRounds);
}

TEST(FalseAlarms, TwoPercentInOneOfTwentyLayersIsFoundAndNoOther) {
    Random random(6);
    int found = 0, others = 0;
    constexpr int kRounds = 30;
    for (int round = 0; round < kRounds; ++round) {
        std::vector<std::vector<double>> before, after;
        for (int layer = 0; layer < 20; ++layer) {
            before.push_back(samplesOf({}, 100, 100, random));
            after.push_back(samplesOf({}, layer == 7 ? 102 : 100, 100, random));
        }
        const auto comparison =
            statistics::compareSessions(session("a", samplesOf({}, 2000, 30, random), before),
                                        session("b", samplesOf({}, 2002, 30, random), after));
        for (const types::ComparedRow& row : comparison->layers)
            (row.layer == 7 ? found : others) += row.significant;
    }
    EXPECT_GE(found, 0.9 * kRounds);
    EXPECT_LE(others, 0.05 * kRounds);
}

}  // namespace
