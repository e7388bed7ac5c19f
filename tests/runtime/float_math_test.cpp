// SPDX-License-Identifier: GPL-3.0-or-later
// Float functions against libm in double, over all floats, in units of the last place. The bounds
// are those of float_math.h. DISABLED_ tests draw 10^7 values each and print the largest error:
// test_runtime --gtest_filter='FloatMath*' --gtest_also_run_disabled_tests
#include "runtime/float_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "support/float_samples.h"

namespace {

using namespace runtime;

/// A function with its exact result and the bound of its header.
struct Function {
    const char* name;
    float (*function)(float);
    double (*exact)(double);
    double bound;
};

double logistic(double x) {
    if (x > 16.619047164916992188) return 1.0;
    return x < -9.0 ? std::exp(x) : 1.0 / (1.0 + std::exp(-x));
}

constexpr Function kFunctions[] = {
    {"exp", expFloat, std::exp, 1.0},           {"expm1", expMinusOneFloat, std::expm1, 2.0},
    {"tanh", tanhFloat, std::tanh, 1.5},        {"logistic", logisticFloat, logistic, 2.5},
    {"log", logFloat, std::log, 1.0},           {"sin", sinFloat, std::sin, 2.0},
    {"cos", cosFloat, std::cos, 2.0},           {"sqrt", sqrtFloat, std::sqrt, 0.5},
    {"sqrtByBits", sqrtByBits, std::sqrt, 0.5}, {"round", roundFloat, std::round, 0.0},
    {"floor", floorFloat, std::floor, 0.0},     {"ceil", ceilFloat, std::ceil, 0.0},
};

class FloatMath : public testing::TestWithParam<Function> {
protected:
    /// The largest error over special values and `count` random ones.
    static double worstError(int64_t count) {
        const Function& f = GetParam();
        double worst = 0;
        float place = 0;
        const auto look = [&](float x) {
            const double error = test::unitsApart(f.function(x), f.exact(static_cast<double>(x)));
            if (error > worst) worst = error, place = x;
        };
        for (const float x : test::specialFloats())
            look(x);
        test::RandomFloats random(1);
        for (int64_t i = 0; i < count; ++i)
            look(random());
        std::printf("%s: at most %.4f units off, at %a\n", f.name, worst, double{place});
        return worst;
    }
};

INSTANTIATE_TEST_SUITE_P(Functions, FloatMath, testing::ValuesIn(kFunctions),
                         [](const auto& function) { return std::string(function.param.name); });

TEST_P(FloatMath, HoldsTheBoundOfItsHeader) {
    EXPECT_LE(worstError(100000), GetParam().bound);
}
TEST_P(FloatMath, DISABLED_HoldsTheBoundOfItsHeaderOnTenMillion) {
    EXPECT_LE(worstError(10000000), GetParam().bound);
}

TEST(FloatMathFacts, ExpAtTheEnds) {
    EXPECT_EQ(expFloat(0.0f), 1.0f);
    EXPECT_EQ(expFloat(200.0f), INFINITY);
    EXPECT_EQ(expFloat(-200.0f), 0.0f);
}

// Before, sums of rounded multiples of pi/2 gave sines of several thousands.
TEST(FloatMathFacts, SinesOfLargeAnglesAreSines) {
    EXPECT_FLOAT_EQ(sinFloat(1e6f), -0.349993502f);
    EXPECT_FLOAT_EQ(sinFloat(1e8f), 0.931639020f);
    EXPECT_FLOAT_EQ(cosFloat(1e9f), 0.837887181f);
}

void expectQuotients(int64_t count) {
    std::vector<float> values = test::specialFloats();
    test::RandomFloats random(2);
    const auto look = [](float a, float b) {
        ASSERT_EQ(test::unitsApart(remainderFloat(a, b), std::fmod(a, b)), 0.0) << a << " " << b;
        const double exact = std::floor(static_cast<double>(a) / static_cast<double>(b));
        const double bound = std::abs(exact) < 16777216.0 ? 0.0 : 1.0;
        ASSERT_LE(test::unitsApart(floorDivideFloat(a, b), exact), bound) << a << " " << b;
    };
    for (const float a : values)
        for (const float b : values)
            look(a, b);
    for (int64_t i = 0; i < count; ++i)
        look(random(), random());
}

TEST(FloatMathFacts, RemainderAndFloorOfTheQuotientAreExact) {
    expectQuotients(50000);
}
TEST(FloatMathFacts, DISABLED_RemainderAndFloorOfTheQuotientAreExactOnTenMillion) {
    expectQuotients(10000000);
}

TEST(FloatMathFacts, ConversionSaturates) {
    EXPECT_EQ(toInt32(1e20f), std::numeric_limits<int32_t>::max());
    EXPECT_EQ(toInt32(-1e20f), std::numeric_limits<int32_t>::min());
    EXPECT_EQ(toInt32(NAN), std::numeric_limits<int32_t>::min());
    EXPECT_EQ(toInt32(-7.0f), -7);
}

}  // namespace
