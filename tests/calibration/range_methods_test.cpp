// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/range_methods.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using calibration::Histogram;
using calibration::Observed;
using calibration::Range;

/// The observation that a calibration run would make of these values.
Observed seen(const std::vector<float>& values) {
    const auto [low, high] = std::ranges::minmax(values);
    Observed observed{low, high, {}};
    if (low < high) {
        observed.histogram = Histogram(low, high);
        observed.histogram.add(values);
    }
    return observed;
}

/// 10,000 values from -1 to 1 and one far away.
std::vector<float> withOutlier(float outlier) {
    std::vector<float> values;
    for (int i = 0; i < 10000; ++i)
        values.push_back(static_cast<float>(i) / 5000.0f - 1);
    values.push_back(outlier);
    return values;
}

/// Mean squared error of rounding to 256 codes over a range, on the values themselves.
double roundingError(const std::vector<float>& values, Range range) {
    const double step = (range.high - range.low) / 255;
    double sum = 0;
    for (float value : values) {
        const double clipped = std::clamp(double{value}, range.low, range.high);
        const double rounded = range.low + std::round((clipped - range.low) / step) * step;
        sum += (value - rounded) * (value - rounded);
    }
    return sum / static_cast<double>(values.size());
}

TEST(RangeMethods, MinMaxCoversEveryValue) {
    EXPECT_EQ(minMaxRange(seen({-2, 0, 3})), (Range{-2, 3}));
}

TEST(RangeMethods, PercentileClipsBothEndsAlike) {
    std::vector<float> values;
    for (int i = 0; i <= 1000; ++i)
        values.push_back(static_cast<float>(i));
    const Range range = percentileRange(seen(values), 99);
    EXPECT_NEAR(range.low, 10, 1);
    EXPECT_NEAR(range.high, 990, 1);
    EXPECT_EQ(percentileRange(seen(values), 100), minMaxRange(seen(values)));
}

TEST(RangeMethods, SquaredErrorRangeLosesLessThanAllValues) {
    const auto values = withOutlier(6);
    const Range best = meanSquaredErrorRange(seen(values), 256);
    EXPECT_LT(best.high, 6);
    EXPECT_LT(roundingError(values, best), roundingError(values, minMaxRange(seen(values))));
}

TEST(RangeMethods, SquaredErrorRangeKeepsValuesThatLieEvenly) {
    std::vector<float> values;
    for (int i = 0; i <= 4096; ++i)
        values.push_back(static_cast<float>(i) / 4096);
    const Range best = meanSquaredErrorRange(seen(values), 256);
    EXPECT_NEAR(best.high, 1, 0.011);
}

TEST(RangeMethods, EntropyClipsAnOutlierAndKeepsTheRest) {
    const Range range = entropyRange(seen(withOutlier(20)));
    EXPECT_LT(range.high, 10);
    EXPECT_GE(range.high, 0.95);
    EXPECT_NEAR(range.low, -1, 0.05);
}

TEST(RangeMethods, OneValueHasARangeInEveryMethod) {
    const Observed constant = seen({3, 3, 3});
    for (const Range& range : {percentileRange(constant, 99), meanSquaredErrorRange(constant, 256),
                               entropyRange(constant)})
        EXPECT_EQ(range, (Range{3, 3}));
}

}  // namespace
