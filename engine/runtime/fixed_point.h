// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fixed-point arithmetic, bit-identical to the TFLM reference kernels (double rounding). A real
// factor is stored as a 31-bit multiplier in [2^30, 2^31) and a power of two: real = multiplier /
// 2^31 * 2^shift. Source of the formulas: gemmlowp's fixedpoint documentation and the TFLite
// quantization spec; tests compare with exact wide arithmetic.

#include <stdint.h>

namespace runtime {

constexpr int32_t kInt32Max = 0x7fffffff;
constexpr int32_t kInt32Min = -kInt32Max - 1;

/// A real factor; lowering computes it from scales.
struct Factor {
    int32_t multiplier = 0;
    int32_t shift = 0;
};

/// T in a non-deduced context: bounds take the type of the value.
template <typename T>
struct SameAs {
    using Type = T;
};

template <typename T>
inline T clamp(T value, typename SameAs<T>::Type low, typename SameAs<T>::Type high) {
    return value < low ? low : value > high ? high : value;
}

/// Two's complement addition and multiplication that wrap instead of overflowing.
inline int32_t wrapAdd(int32_t a, int32_t b) {
    return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b));
}
inline int32_t wrapMul(int32_t a, int32_t b) {
    return static_cast<int32_t>(static_cast<uint32_t>(a) * static_cast<uint32_t>(b));
}
inline int32_t wrapShiftLeft(int32_t a, int32_t bits) {
    return static_cast<int32_t>(static_cast<uint32_t>(a) << bits);
}

inline int32_t saturate32(int64_t value) {
    return static_cast<int32_t>(
        clamp(value, static_cast<int64_t>(kInt32Min), static_cast<int64_t>(kInt32Max)));
}

/// round(a * b / 2^31), halves up; the one overflow (both operands minimal) saturates.
inline int32_t roundingDoublingHighMul(int32_t a, int32_t b) {
    if (a == b && a == kInt32Min) return kInt32Max;
    const int64_t product = static_cast<int64_t>(a) * b;
    return static_cast<int32_t>((product + (int64_t{1} << 30)) >> 31);
}

/// round(x / 2^exponent), halves away from zero; exponent 0 to 31. Uses 32 bits only, for cores
/// without 64-bit arithmetic.
inline int32_t roundingDivideByPowerOfTwo(int32_t x, int32_t exponent) {
    const uint32_t below = (uint32_t{1} << exponent) - 1;  // mask of the bits shifted out
    const uint32_t cut = static_cast<uint32_t>(x) & below;
    // For negative x a remainder of exactly one half rounds down, away from zero.
    const uint32_t stays = (below >> 1) + (static_cast<uint32_t>(x) >> 31);
    return (x >> exponent) + (cut > stays ? 1 : 0);
}

/// x * 2^exponent, saturating; exponent 0 to 31.
inline int32_t saturatingShiftLeft(int32_t x, int32_t exponent) {
    return saturate32(static_cast<int64_t>(x) * (int64_t{1} << exponent));
}

/// x * factor for 32-bit accumulators: a rounding high multiply, then a rounding shift. The
/// multiplier is never negative, so the high multiply cannot overflow.
inline int32_t multiplyByFactor(int32_t x, Factor factor) {
    const int32_t left = factor.shift > 0 ? factor.shift : 0;
    const int64_t product = static_cast<int64_t>(wrapShiftLeft(x, left)) * factor.multiplier;
    const auto high = static_cast<int32_t>((product + (int64_t{1} << 30)) >> 31);
    return roundingDivideByPowerOfTwo(high, left - factor.shift);
}

/// x * factor for 64-bit accumulators below 2^47: the multiplier is first rounded to 16 bits, so
/// results may differ from the 32-bit form by one.
inline int32_t multiplyByFactor(int64_t x, Factor factor) {
    const int32_t reduced =
        factor.multiplier < 0x7fff0000 ? (factor.multiplier + (1 << 15)) >> 16 : 0x7fff;
    const int32_t totalShift = 15 - factor.shift;
    const uint64_t product = static_cast<uint64_t>(x) * static_cast<uint64_t>(int64_t{reduced});
    const uint64_t rounded = product + (uint64_t{1} << (totalShift - 1));
    return static_cast<int32_t>(static_cast<int64_t>(rounded) >> totalShift);
}

/// exp(x) for x <= 0 with `integerBits` integer bits; the result has none.
int32_t expOnNegative(int32_t x, int32_t integerBits);

/// 1 / (1 + x) for x in [0, 1], without integer bits.
int32_t reciprocalOnePlus(int32_t x);

/// 1 / x for x > 0 with `integerBits` integer bits, as a fraction in (0.5, 1] without integer bits;
/// shifting it right by `bitsOverUnit` gives the reciprocal.
int32_t reciprocal(int32_t x, int32_t integerBits, int32_t* bitsOverUnit);

/// logistic(x) and tanh(x) for x with `integerBits` integer bits; results have none.
int32_t logisticFixed(int32_t x, int32_t integerBits);
int32_t tanhFixed(int32_t x, int32_t integerBits);

/// log(x) for x >= 1 with 12 integer bits; the result has 5.
int32_t logFixed(int32_t x);

/// 1 / sqrt(x) for an integer x >= 0 (0 counts as 1), as a factor.
Factor inverseSqrt(int32_t x);

}  // namespace runtime
