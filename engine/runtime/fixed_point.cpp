// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/fixed_point.h"

namespace runtime {
namespace {

// exp(x) for x in [-1/4, 0), no integer bits: the Taylor series to the fourth power around -1/8.
int32_t expOnQuarter(int32_t a) {
    constexpr int32_t kExpMinusEighth = 1895147668;
    constexpr int32_t kOneThird = 715827883;
    const int32_t x = a + (1 << 28);
    const int32_t x2 = roundingDoublingHighMul(x, x);
    const int32_t x3 = roundingDoublingHighMul(x2, x);
    const int32_t x4 = roundingDoublingHighMul(x2, x2);
    const int32_t x4Quarter = roundingDivideByPowerOfTwo(x4, 2);
    const int32_t tail =
        roundingDivideByPowerOfTwo(roundingDoublingHighMul(x4Quarter + x3, kOneThird) + x2, 1);
    return kExpMinusEighth + roundingDoublingHighMul(kExpMinusEighth, x + tail);
}

struct BitFactor {
    int32_t exponent;  // the bit stands for 2^exponent
    int32_t value;     // exp(-2^exponent), no integer bits
};

constexpr BitFactor kBitFactors[] = {{-2, 1672461947}, {-1, 1302514674}, {0, 790015084},
                                     {1, 290630308},   {2, 39332535},    {3, 720401},
                                     {4, 242}};

int32_t leadingZeros(uint32_t x) {
    return x == 0 ? 32 : __builtin_clz(x);
}

}  // namespace

// exp(x) = exp(x mod 1/4 - 1/4) times exp(-2^k) for every set bit k of the remainder.
int32_t expOnNegative(int32_t x, int32_t integerBits) {
    if (x == 0) return kInt32Max;
    const int32_t fractionBits = 31 - integerBits;
    const int32_t oneQuarter = 1 << (fractionBits - 2);
    const int32_t inQuarter = (x & (oneQuarter - 1)) - oneQuarter;
    int32_t result = expOnQuarter(saturatingShiftLeft(inQuarter, integerBits));
    const int32_t remainder = wrapAdd(inQuarter, -x);
    for (const BitFactor& factor : kBitFactors) {
        if (factor.exponent >= integerBits) break;
        if (remainder & (1 << (fractionBits + factor.exponent)))
            result = roundingDoublingHighMul(result, factor.value);
    }
    if (integerBits > 5 && x < -(1 << (fractionBits + 5))) return 0;
    return result;
}

namespace {

// Newton-Raphson division for a denominator d = (1 + x) / 2 in [1/2, 1], three steps from the
// best linear guess 48/17 - 32/17 d. The result, 1 / d, has two integer bits.
int32_t reciprocalOfHalf(int32_t x) {
    constexpr int32_t k48Over17 = 1515870810;
    constexpr int32_t kMinus32Over17 = -1010580540;
    const int64_t sum = static_cast<int64_t>(x) + kInt32Max;
    const int32_t half = static_cast<int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
    int32_t guess = k48Over17 + roundingDoublingHighMul(half, kMinus32Over17);
    for (int step = 0; step < 3; ++step) {
        const int32_t error = (1 << 29) - roundingDoublingHighMul(half, guess);
        guess += saturatingShiftLeft(roundingDoublingHighMul(guess, error), 2);
    }
    return guess;
}

}  // namespace

int32_t reciprocalOnePlus(int32_t x) {
    return saturatingShiftLeft(reciprocalOfHalf(x), 1);
}

int32_t reciprocal(int32_t x, int32_t integerBits, int32_t* bitsOverUnit) {
    const int32_t headroom = leadingZeros(static_cast<uint32_t>(x));
    *bitsOverUnit = integerBits - headroom;
    const uint32_t aligned = static_cast<uint32_t>(x) << headroom;
    return reciprocalOnePlus(static_cast<int32_t>(aligned - (uint32_t{1} << 31)));
}

int32_t logisticFixed(int32_t x, int32_t integerBits) {
    if (x == 0) return 1 << 30;
    const int32_t value = reciprocalOnePlus(expOnNegative(x < 0 ? x : -x, integerBits));
    return x < 0 ? kInt32Max - value : value;
}

// tanh(|x|) = (1 - e) / (1 + e) with e = exp(-2 |x|); doubling x is one integer bit more.
int32_t tanhFixed(int32_t x, int32_t integerBits) {
    if (x == 0) return 0;
    const int32_t e = expOnNegative(x < 0 ? x : -x, integerBits + 1);
    const int32_t value = saturatingShiftLeft(reciprocalOfHalf(e) - (1 << 29), 2);
    return x < 0 ? -value : value;
}

// Newton-Raphson: y <- y (3 - x y^2) / 2, five steps from 1, for x in [1/4, 1); all with three
// integer bits.
Factor inverseSqrt(int32_t x) {
    if (x <= 1) return {kInt32Max, 0};
    int32_t shift = 11;
    while (x >= 1 << 29)
        x /= 4, ++shift;
    const int32_t pairs = (leadingZeros(static_cast<uint32_t>(x)) - 1) / 2 - 1;
    shift -= pairs;
    x <<= 2 * pairs;
    const int32_t half = roundingDivideByPowerOfTwo(x >> 1, 1);
    int32_t y = 1 << 28;
    for (int step = 0; step < 5; ++step) {
        const int32_t cube =
            saturatingShiftLeft(roundingDoublingHighMul(roundingDoublingHighMul(y, y), y), 6);
        const int32_t next =
            roundingDoublingHighMul((1 << 28) + (1 << 27), y) - roundingDoublingHighMul(half, cube);
        y = saturatingShiftLeft(next, 3);
    }
    constexpr int32_t kHalfSqrtTwo = 1518500250;
    y = roundingDoublingHighMul(y, kHalfSqrtTwo);
    if (shift < 0) return {wrapShiftLeft(y, -shift), 0};
    return {y, -shift};
}

namespace {

constexpr int32_t kLogBits = 5;      // integer bits of the result
constexpr int32_t kLogWideBits = 6;  // integer bits of intermediate results
constexpr int32_t kLogTwo = 1488522236;
constexpr int32_t kSqrtHalf = 1518500250;
constexpr int32_t kFourthRootHalf = 1805811301;
constexpr int32_t kQuarter = (1 << 29) >> kLogWideBits;

int32_t mul(int32_t a, int32_t b) {
    return roundingDoublingHighMul(a, b);
}

int32_t halfSum(int32_t a, int32_t b) {
    const int64_t sum = static_cast<int64_t>(a) + b;
    return static_cast<int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
}

// A small whole number with kLogWideBits integer bits.
int32_t wholeLog(int32_t n) {
    return saturatingShiftLeft(n, 31 - kLogWideBits);
}

// log(r) near the fourth root of 1/2 by a rational approximation; no integer bits.
struct Ratio {
    int32_t numerator, reciprocalDenominator;
};
Ratio logRatio(int32_t r) {
    const int32_t p = halfSum(r, kFourthRootHalf);
    int32_t q = wrapAdd(r, -kFourthRootHalf);
    q = wrapAdd(q, q);
    const int32_t square = mul(q, q);
    const int32_t numerator = wrapAdd(mul(q, r), mul(mul(q, square), 117049297));
    const int32_t inner = wrapAdd(wrapAdd(1057819769, q), mul(127690142, square));
    const int32_t denominator = wrapAdd(mul(p, inner), mul(638450708, q));
    return {numerator, reciprocalOnePlus(denominator)};
}

}  // namespace

// x = 2^n r: n from the leading zeros, r from x or x sqrt(1/2), whichever is in range.
int32_t logFixed(int32_t x) {
    constexpr int32_t kInputBits = 12;
    const int32_t zerosA = leadingZeros(static_cast<uint32_t>(x));
    const int32_t scaledA = saturatingShiftLeft(x, zerosA - 1);
    const int32_t rA = saturatingShiftLeft(mul(scaledA, kSqrtHalf), 1);
    const int32_t powerA = saturate32(int64_t{wholeLog(kInputBits - zerosA)} + kQuarter);
    const int32_t headroomB = leadingZeros(static_cast<uint32_t>(mul(x, kSqrtHalf))) - 1;
    const int32_t rB = saturatingShiftLeft(x, headroomB);
    const int32_t powerB = saturate32(int64_t{wholeLog(kInputBits - headroomB)} - kQuarter);
    const Ratio ratio = logRatio(rA < rB ? rA : rB);
    const int32_t numerator = roundingDivideByPowerOfTwo(ratio.numerator, kLogWideBits);
    const int32_t wide = wrapAdd(mul(powerA > powerB ? powerA : powerB, kLogTwo),
                                 mul(numerator, ratio.reciprocalDenominator));
    return saturatingShiftLeft(wide, kLogWideBits - kLogBits);
}

}  // namespace runtime
