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

// exp(x) = exp(x mod 1/4 - 1/4) times exp(-2^k) for every bit k of what remains.
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

// Newton-Raphson division for a denominator d = (1 + x) / 2 in [1/2, 1], three steps from the
// best linear guess 48/17 - 32/17 d. The iterate has two integer bits.
int32_t reciprocalOnePlus(int32_t x) {
    constexpr int32_t k48Over17 = 1515870810;
    constexpr int32_t kMinus32Over17 = -1010580540;
    const int64_t sum = static_cast<int64_t>(x) + kInt32Max;
    const int32_t half = static_cast<int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
    int32_t guess = k48Over17 + roundingDoublingHighMul(half, kMinus32Over17);
    for (int step = 0; step < 3; ++step) {
        const int32_t error = (1 << 29) - roundingDoublingHighMul(half, guess);
        guess += saturatingShiftLeft(roundingDoublingHighMul(guess, error), 2);
    }
    return saturatingShiftLeft(guess, 1);
}

int32_t reciprocal(int32_t x, int32_t integerBits, int32_t* bitsOverUnit) {
    const int32_t headroom = leadingZeros(static_cast<uint32_t>(x));
    *bitsOverUnit = integerBits - headroom;
    const uint32_t aligned = static_cast<uint32_t>(x) << headroom;
    return reciprocalOnePlus(static_cast<int32_t>(aligned - (uint32_t{1} << 31)));
}

}  // namespace runtime
