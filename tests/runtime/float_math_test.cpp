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

TEST(FloatMath, LogIsWithinOneAndAHalfUnits) {
    const auto exact = [](double x) { return std::log(x); };
    EXPECT_LT(worst(logFloat, exact, 1e-6f, 0.99f), 1.5);
    EXPECT_LT(worst(logFloat, exact, 1.01f, 1e6f), 1.5);
    EXPECT_EQ(logFloat(1.0f), 0.0f);
    EXPECT_EQ(logFloat(0.0f), -INFINITY);
    EXPECT_TRUE(std::isnan(logFloat(-1.0f)));
    EXPECT_NEAR(logFloat(1e-40f), std::log(1e-40), 1e-2);
}

TEST(FloatMath, SinAndCosAreWithinTwoUnitsAwayFromTheirZeros) {
    for (float x = -100.0f; x < 100.0f; x += 0.0137f) {
        const double wide = static_cast<double>(x);
        ASSERT_NEAR(sinFloat(x), std::sin(wide), 1.2e-7) << x;
        ASSERT_NEAR(cosFloat(x), std::cos(wide), 1.2e-7) << x;
    }
    for (float x = -8192.0f; x < 8192.0f; x += 1.37f)
        ASSERT_NEAR(sinFloat(x), std::sin(static_cast<double>(x)), 3e-7) << x;
    EXPECT_LT(worst(
                  sinFloat, [](double x) { return std::sin(x); }, -1.5f, 1.5f),
              2.0);
    EXPECT_TRUE(std::isnan(sinFloat(INFINITY)));
}

TEST(FloatMath, ExpMinusOneKeepsItsDigitsNearZero) {
    const auto exact = [](double x) { return std::expm1(x); };
    EXPECT_LT(worst(expMinusOneFloat, exact, -20.0f, 0.0f), 3.0);
    EXPECT_LT(worst(expMinusOneFloat, exact, -0.35f, 0.35f), 2.0);
}

TEST(FloatMath, SqrtFloorCeilAndRemainderAreExact) {
    for (float x : {0.0f, 1e-30f, 0.3f, 2.0f, 12345.678f, 3e38f}) {
        EXPECT_EQ(sqrtFloat(x), std::sqrt(x)) << x;
        for (float y : {x, -x}) {
            EXPECT_EQ(floorFloat(y), std::floor(y)) << y;
            EXPECT_EQ(ceilFloat(y), std::ceil(y)) << y;
            for (float divisor : {0.7f, -3.0f, 1e10f})
                EXPECT_EQ(remainderFloat(y, divisor), std::fmod(y, divisor)) << y;
        }
    }
    EXPECT_TRUE(std::isnan(remainderFloat(1.0f, 0.0f)));
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
