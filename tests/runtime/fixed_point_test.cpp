// SPDX-License-Identifier: GPL-3.0-or-later
// Fixed point arithmetic against exact arithmetic in 128 bits and against libm.
#include "runtime/fixed_point.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using namespace runtime;
using Wide = __int128;

constexpr double kOne = 2147483648.0;  // 2^31

std::vector<int32_t> samples() {
    std::vector<int32_t> values = {0,          1,         -1,         2,          -2,
                                   kInt32Max,  kInt32Min, 1 << 30,    -(1 << 30), (1 << 30) - 1,
                                   -kInt32Max, 1 << 15,   -(1 << 15), 0x7fff0000, 12345};
    std::mt19937 random(7);
    for (int i = 0; i < 3000; ++i)
        values.push_back(static_cast<int32_t>(random()) >> (i % 31));
    return values;
}

// floor(value / 2^bits)
Wide shiftDown(Wide value, int bits) {
    return value >> bits;
}

// value / 2^bits to nearest, halves away from zero
Wide roundedAway(Wide value, int bits) {
    if (bits == 0) return value;
    const Wide half = Wide{1} << (bits - 1);
    return value >= 0 ? (value + half) >> bits : -((-value + half) >> bits);
}

TEST(FixedPoint, HighMulRoundsHalvesUp) {
    for (int32_t a : samples())
        for (int32_t b : {kInt32Max, kInt32Min, 1 << 30, 1518500250, -3, 1}) {
            const Wide exact = shiftDown(Wide{a} * b + (Wide{1} << 30), 31);
            const Wide wanted = exact > kInt32Max ? Wide{kInt32Max} : exact;
            ASSERT_EQ(roundingDoublingHighMul(a, b), static_cast<int32_t>(wanted)) << a << " " << b;
        }
}

TEST(FixedPoint, DivisionByPowerOfTwoRoundsHalvesAwayFromZero) {
    for (int32_t x : samples())
        for (int32_t exponent = 0; exponent <= 31; ++exponent)
            ASSERT_EQ(roundingDivideByPowerOfTwo(x, exponent),
                      static_cast<int32_t>(roundedAway(x, exponent)))
                << x << " " << exponent;
}

TEST(FixedPoint, FactorRoundsTwice) {
    for (int32_t x : samples())
        for (int32_t shift = -31; shift <= 0; ++shift)
            for (int32_t multiplier : {1 << 30, 1518500250, kInt32Max}) {
                const Wide high = shiftDown(Wide{x} * multiplier + (Wide{1} << 30), 31);
                ASSERT_EQ(multiplyByFactor(x, {multiplier, shift}),
                          static_cast<int32_t>(roundedAway(high, -shift)));
            }
}

TEST(FixedPoint, LeftShiftsComeFirst) {
    EXPECT_EQ(multiplyByFactor(3, {1 << 30, 4}), 24);
    EXPECT_EQ(multiplyByFactor(-3, {1 << 30, 4}), -24);
    EXPECT_EQ(multiplyByFactor(int32_t{1} << 30, {1 << 30, 2}), 0)
        << "wraps, as the reference does";
}

TEST(FixedPoint, WideFactorUsesSixteenBits) {
    for (int32_t x : samples())
        for (int32_t shift : {-20, -3, 0, 7}) {
            const int64_t wide = int64_t{x} * 1000;
            const Wide reduced = (Wide{1518500250} + (1 << 15)) >> 16;
            const int bits = 15 - shift;
            const Wide wanted = shiftDown(wide * reduced + (Wide{1} << (bits - 1)), bits);
            ASSERT_EQ(multiplyByFactor(wide, {1518500250, shift}), static_cast<int32_t>(wanted));
        }
}

TEST(FixedPoint, ExpOfNegativeIsWithinAMillionth) {
    constexpr int kBits = 5;
    for (int32_t x = -(kInt32Max / 32) * 20; x < 0; x += 98765) {
        const double real = x / std::exp2(31 - kBits);
        ASSERT_NEAR(expOnNegative(x, kBits) / kOne, std::exp(real), 1e-6) << real;
    }
    EXPECT_EQ(expOnNegative(0, kBits), kInt32Max);
}

TEST(FixedPoint, ReciprocalOfOnePlus) {
    for (int64_t x = 0; x < kInt32Max; x += 654321)
        ASSERT_NEAR(reciprocalOnePlus(static_cast<int32_t>(x)) / kOne, 1.0 / (1.0 + x / kOne),
                    1e-8);
}

TEST(FixedPoint, ReciprocalScalesToTheUnit) {
    constexpr int kBits = 12;
    for (double real : {1.0, 1.5, 3.0, 100.0, 4000.0}) {
        int32_t bits = 0;
        const auto x = static_cast<int32_t>(real * std::exp2(31 - kBits));
        const int32_t share = reciprocal(x, kBits, &bits);
        EXPECT_NEAR(share / kOne / std::exp2(bits), 1.0 / real, 1e-8 / real);
    }
}

TEST(FixedPoint, LogisticAndTanhOfFourIntegerBits) {
    constexpr int kBits = 4;
    for (int64_t raw = kInt32Min + 1; raw < kInt32Max; raw += 1234567) {
        const double x = static_cast<double>(raw) / std::exp2(31 - kBits);
        const auto code = static_cast<int32_t>(raw);
        ASSERT_NEAR(logisticFixed(code, kBits) / kOne, 1.0 / (1.0 + std::exp(-x)), 1e-6) << x;
        ASSERT_NEAR(tanhFixed(code, kBits) / kOne, std::tanh(x), 1e-6) << x;
    }
}

TEST(FixedPoint, LogOfTwelveIntegerBits) {
    for (double real = 1.0; real < 4090.0; real *= 1.01)
        ASSERT_NEAR(logFixed(static_cast<int32_t>(real * std::exp2(19))) / std::exp2(26),
                    std::log(real), 2e-6)
            << real;
}

TEST(FixedPoint, InverseSquareRoot) {
    for (int32_t x : {2, 3, 100, 65025, 1 << 20, 123456789, kInt32Max}) {
        const Factor factor = inverseSqrt(x);
        const double real = factor.multiplier / kOne * std::exp2(factor.shift);
        EXPECT_NEAR(real * std::sqrt(x), 1.0, 1e-5) << x;
    }
    EXPECT_EQ(inverseSqrt(0).multiplier, kInt32Max);
}

TEST(FixedPoint, SaturatesAndWraps) {
    EXPECT_EQ(saturatingShiftLeft(1 << 20, 11), kInt32Max);
    EXPECT_EQ(saturatingShiftLeft(-(1 << 20), 12), kInt32Min);
    EXPECT_EQ(saturate32(int64_t{1} << 40), kInt32Max);
    EXPECT_EQ(wrapAdd(kInt32Max, 1), kInt32Min);
    EXPECT_EQ(wrapMul(1 << 30, 4), 0);
}

}  // namespace
