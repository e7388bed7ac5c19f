// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/noise_meter.h"

#include <gtest/gtest.h>

#include <array>

namespace {

TEST(NoiseMeter, MeasuresRatioAndDifferences) {
    metrics::NoiseMeter meter;
    meter.add(std::array{3.0f, -4.0f}, std::array{3.0f, -3.5f});
    // 25 / 0.25 is 20 dB.
    EXPECT_NEAR(*meter.decibels(), 20.0, 1e-9);
    EXPECT_DOUBLE_EQ(meter.meanDifference(), 0.25);
    EXPECT_DOUBLE_EQ(meter.greatestDifference(), 0.5);
}

TEST(NoiseMeter, ThePartsSumToTheWhole) {
    metrics::NoiseMeter whole, first, second;
    const std::array a{1.0f, 2.0f}, b{1.5f, 2.0f}, c{-1.0f, 0.25f}, d{-1.0f, 0.5f};
    whole.add(a, b);
    whole.add(c, d);
    first.add(a, b);
    second.add(c, d);
    first.add(second);
    EXPECT_DOUBLE_EQ(*first.decibels(), *whole.decibels());
    EXPECT_DOUBLE_EQ(first.meanDifference(), whole.meanDifference());
}

TEST(NoiseMeter, HasNoRatioWithoutNoiseOrSignal) {
    metrics::NoiseMeter equal, silent;
    equal.add(std::array{1.0f}, std::array{1.0f});
    silent.add(std::array{0.0f}, std::array{1.0f});
    EXPECT_FALSE(equal.decibels());
    EXPECT_FALSE(equal.differs());
    EXPECT_FALSE(silent.decibels());
    EXPECT_TRUE(silent.differs());
}

}  // namespace
