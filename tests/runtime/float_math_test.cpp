// SPDX-License-Identifier: GPL-3.0-or-later
// Float functions against libm in double, in units of the last place.
#include "runtime/float_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace {

using namespace runtime;

double unitOfLastPlace(double value) {
    const float size =
        std::max(std::abs(static_cast<float>(value)), std::numeric_limits<float>::min());
    return static_cast<double>(std::nextafter(size, INFINITY)) - static_cast<double>(size);
}

/// Largest error over [low, high] in units of the last place.
double worst(float (*function)(float), const std::function<double(double)>& exact, float low,
             float high) {
    double largest = 0;
    for (int i = 0; i <= 400000; ++i) {
        const float x = low + (high - low) * static_cast<float>(i) / 400000.0f;
        const double wanted = exact(static_cast<double>(x));
        const double error = std::abs(static_cast<double>(function(x)) - wanted);
        largest = std::max(largest, error / unitOfLastPlace(wanted));
    }
    return largest;
}

double logistic(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

TEST(FloatMath, ExpIsWithinOneAndAHalfUnits) {
    const auto exact = [](double x) { return std::exp(x); };
    EXPECT_LT(worst(expFloat, exact, -87.0f, 88.7f), 1.5);
    EXPECT_LT(worst(expFloat, exact, -1.0f, 1.0f), 1.5);
}

TEST(FloatMath, ExpAtTheEnds) {
    EXPECT_EQ(expFloat(0.0f), 1.0f);
    EXPECT_EQ(expFloat(200.0f), INFINITY);
    EXPECT_EQ(expFloat(-200.0f), 0.0f);
    EXPECT_TRUE(std::isnan(expFloat(NAN)));
    EXPECT_NEAR(expFloat(-100.0f), std::exp(-100.0), 1e-44);
}

TEST(FloatMath, TanhIsWithinTwoUnits) {
    const auto exact = [](double x) { return std::tanh(x); };
    EXPECT_LT(worst(tanhFloat, exact, -10.0f, 10.0f), 2.0);
    EXPECT_LT(worst(tanhFloat, exact, -0.7f, 0.7f), 2.0);
    EXPECT_EQ(tanhFloat(50.0f), 1.0f);
    EXPECT_EQ(tanhFloat(-50.0f), -1.0f);
    EXPECT_TRUE(std::isnan(tanhFloat(NAN)));
}

TEST(FloatMath, LogisticFollowsTheReferenceInsideItsCutOffs) {
    EXPECT_LT(worst(logisticFloat, logistic, -9.0f, 16.6f), 3.0);
    EXPECT_EQ(logisticFloat(17.0f), 1.0f);
    EXPECT_EQ(logisticFloat(-20.0f), expFloat(-20.0f));
}

TEST(FloatMath, RoundIsRound) {
    for (float x : {0.0f, 0.5f, -0.5f, 1.5f, -2.5f, 0.49999997f, -0.49999997f, 8388607.5f, 1e20f,
                    -1e20f, 2.4999998f})
        EXPECT_EQ(roundFloat(x), std::round(x)) << x;
    for (int i = -40000; i < 40000; ++i) {
        const float x = static_cast<float>(i) * 0.037f;
        ASSERT_EQ(roundFloat(x), std::round(x)) << x;
    }
}

TEST(FloatMath, ConversionSaturates) {
    EXPECT_EQ(toInt32(1e20f), std::numeric_limits<int32_t>::max());
    EXPECT_EQ(toInt32(-1e20f), std::numeric_limits<int32_t>::min());
    EXPECT_EQ(toInt32(NAN), std::numeric_limits<int32_t>::min());
    EXPECT_EQ(toInt32(-7.0f), -7);
}

}  // namespace
