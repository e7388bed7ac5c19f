// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"

namespace runtime {
namespace {

// 2^n for n in [-126, 127].
float powerOfTwo(int32_t n) {
    const uint32_t bits = static_cast<uint32_t>(n + 127) << 23;
    float value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

/// exp(x) = 2^power (1 + rest).
struct Exponential {
    int32_t power;
    float rest;
};

// r = x - power ln2 lies in [-ln2/2, ln2/2]; ln2 is split in two so that power * ln2 is exact.
Exponential exponential(float x) {
    const int32_t n = static_cast<int32_t>(roundFloat(x * 1.44269504088896341f));
    const float whole = static_cast<float>(n);
    const float r = x - whole * 0.693359375f - whole * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    return {n, p * r * r + r};
}

}  // namespace

float expFloat(float x) {
    if (x != x) return x;
    if (x > 88.7228394f) return __builtin_inff();
    if (x < -103.972084f) return 0.0f;
    const Exponential e = exponential(x);
    // Scales in two steps, so that neither 2^128 nor a denormal power is needed.
    const int32_t half = e.power / 2;
    return (e.rest + 1.0f) * powerOfTwo(half) * powerOfTwo(e.power - half);
}

// Beyond the bounds the result rounds to -1 and to exp(x).
float expMinusOneFloat(float x) {
    if (x != x || x == 0.0f) return x;
    if (x < -17.5f) return -1.0f;
    if (x > 17.5f) return expFloat(x);
    const Exponential e = exponential(x);
    const float scale = powerOfTwo(e.power);
    return scale * e.rest + (scale - 1.0f);
}

namespace {

/// a = whole * b + rest, rounded towards zero; `whole` without a sign, modulo 2^32.
struct Division {
    uint32_t whole;
    float rest;
};

// Long division: doubles |b| up to |a|, then subtracts it wherever it fits while halving; every
// step is exact.
Division divide(float a, float b) {
    const float size = __builtin_fabsf(b);
    if (!(__builtin_fabsf(a) <= kFloatMax) || !(size > 0.0f)) return {0, __builtin_nanf("")};
    if (size > kFloatMax) return {0, a};
    float rest = __builtin_fabsf(a);
    float step = size;
    uint32_t whole = 0;
    while (step <= rest * 0.5f)
        step += step;
    for (; step >= size; step *= 0.5f) {
        const bool fits = rest >= step;
        if (fits) rest -= step;
        whole = whole << 1 | (fits ? 1u : 0u);
    }
    return {whole, __builtin_copysignf(rest, a)};
}

}  // namespace

float remainderFloat(float a, float b) {
    return divide(a, b).rest;
}

float floorDivideFloat(float a, float b) {
    const float quotient = a / b;
    const bool isSmall = quotient > -16777216.0f && quotient < 16777216.0f;
    if (!isSmall || a == 0.0f || __builtin_fabsf(b) > kFloatMax) return floorFloat(quotient);
    const Division exact = divide(a, b);
    const auto whole = static_cast<float>(exact.whole);
    if ((a < 0.0f) == (b < 0.0f)) return whole;
    return exact.rest == 0.0f ? -whole : -whole - 1.0f;
}

float tanhFloat(float x) {
    const float size = __builtin_fabsf(x);
    if (size > 9.1f) return __builtin_copysignf(1.0f, x);
    if (size >= 0.625f) return __builtin_copysignf(1.0f - 2.0f / (expFloat(size + size) + 1.0f), x);
    const float z = x * x;
    float p = -5.70498872745e-3f;
    p = p * z + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    return __builtin_copysignf(p * z * size + size, x);
}

float logisticFloat(float x) {
    if (x > 16.619047164916992188f) return 1.0f;
    if (x < -9.0f) return expFloat(x);
    return 1.0f / (1.0f + expFloat(-x));
}

// log(x) = n ln2 + log(m) with m in [sqrt(1/2), sqrt(2)).
float logFloat(float x) {
    if (x != x || x < 0.0f) return __builtin_nanf("");
    if (x == 0.0f) return -__builtin_inff();
    if (x > kFloatMax) return x;
    int32_t n = 0;
    if (x < 1.17549435e-38f) x *= 8388608.0f, n = -23;
    uint32_t bits;
    __builtin_memcpy(&bits, &x, sizeof bits);
    n += static_cast<int32_t>(bits >> 23) - 126;
    bits = (bits & 0x007fffffu) | 0x3f000000u;
    float m;
    __builtin_memcpy(&m, &bits, sizeof m);
    if (m < 0.707106781186547524f) m += m, --n;
    const float t = m - 1.0f;
    const float z = t * t;
    constexpr float kCoefficients[] = {-1.1514610310e-1f, 1.1676998740e-1f,  -1.2420140846e-1f,
                                       1.4249322787e-1f,  -1.6668057665e-1f, 2.0000714765e-1f,
                                       -2.4999993993e-1f, 3.3333331174e-1f};
    float p = 7.0376836292e-2f;
    for (const float c : kCoefficients)
        p = p * t + c;
    const float whole = static_cast<float>(n);
    const float tail = p * t * z + whole * -2.12194440e-4f - 0.5f * z;
    return t + tail + whole * 0.693359375f;
}

namespace {

// sin and cos of r in [-pi/4, pi/4].
float sinNearZero(float r) {
    const float z = r * r;
    float p = -1.9515295891e-4f;
    p = p * z + 8.3321608736e-3f;
    p = p * z - 1.6666654611e-1f;
    return p * z * r + r;
}

float cosNearZero(float r) {
    const float z = r * r;
    float p = 2.443315711809948e-5f;
    p = p * z - 1.388731625493765e-3f;
    p = p * z + 4.166664568298827e-2f;
    return p * z * z - 0.5f * z + 1.0f;
}

// 2/pi: a zero word, then the bits behind the point, as many as the largest float needs.
constexpr uint32_t kTwoOverPi[] = {0,           0xa2f9836eu, 0x4e441529u, 0xfc2757d1u,
                                   0xf534ddc0u, 0xdb629599u, 0x3c439041u, 0xfe5163abu};

/// x = turn * pi/2 + rest with |rest| <= pi/4; the turn counts modulo 4.
struct Quarter {
    uint32_t turn;
    float rest;
};

// Source: M. Payne, R. Hanek, Radian reduction for trigonometric functions, 1983. Multiplies the
// 24-bit mantissa of x by the 96 bits of 2/pi that decide the product modulo 4: bits further up
// give whole turns, and no float is so near to a multiple of pi/2 that bits further down matter.
// Requires a finite x >= 0.5.
Quarter reduceToQuarter(float x) {
    uint32_t bits;
    __builtin_memcpy(&bits, &x, sizeof bits);
    const uint32_t mantissa = (bits & 0x007fffffu) | 0x00800000u;
    const uint32_t place = (bits >> 23) - 120;  // of the first of the 96 bits, in the table
    const uint32_t shift = place % 32;
    const auto word = [&](uint32_t i) {
        const uint32_t* at = kTwoOverPi + place / 32 + i;
        const uint64_t pair = static_cast<uint64_t>(at[0]) << 32 | at[1];
        return static_cast<uint32_t>(pair << shift >> 32);
    };
    // The product modulo 4, with 62 bits behind the point.
    const uint64_t product = (static_cast<uint64_t>(mantissa * word(0)) << 32) +
                             static_cast<uint64_t>(mantissa) * word(1) +
                             (static_cast<uint64_t>(mantissa) * word(2) >> 32);
    const auto fraction = static_cast<int64_t>(product << 2);
    const uint64_t size = fraction < 0 ? -static_cast<uint64_t>(fraction) : product << 2;
    const auto turn = static_cast<uint32_t>(((product >> 61) + 1) >> 1);
    if (size == 0) return {turn, 0.0f};
    // Times pi/2 in integers, so that only the conversion to float rounds.
    const int zeros = __builtin_clzll(size);
    const uint64_t top = size << zeros >> 32;
    const float rest =
        static_cast<float>(static_cast<int32_t>(top * 0xc90fdaa2u >> 33)) * powerOfTwo(-30 - zeros);
    return {turn, fraction < 0 ? -rest : rest};
}

// sin(|x| + quarters * pi/2).
float sinShifted(float x, uint32_t quarters) {
    const float size = __builtin_fabsf(x);
    if (!(size <= kFloatMax)) return __builtin_nanf("");
    const Quarter at = size > 0.785398163f ? reduceToQuarter(size) : Quarter{0, size};
    const uint32_t turn = at.turn + quarters;
    const float value = turn & 1u ? cosNearZero(at.rest) : sinNearZero(at.rest);
    return turn & 2u ? -value : value;
}

}  // namespace

float sinFloat(float x) {
    return __builtin_copysignf(1.0f, x) * sinShifted(x, 0);
}

float cosFloat(float x) {
    return sinShifted(x, 1);
}

// The root of the 48-bit mantissa, bit by bit: 25 bits, of which the last one rounds.
float sqrtByBits(float x) {
    if (!(x > 0.0f) || x > kFloatMax) return x < 0.0f ? __builtin_nanf("") : x;
    int32_t exponent = 0;
    while (x < 0.25f)
        x *= 4.0f, --exponent;
    while (x >= 1.0f)
        x *= 0.25f, ++exponent;
    const uint64_t square = static_cast<uint64_t>(static_cast<uint32_t>(x * 33554432.0f)) << 25;
    uint64_t root = 0;
    for (uint64_t bit = uint64_t{1} << 24; bit != 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= square) root += bit;
    return static_cast<float>(static_cast<int32_t>((root + 1) >> 1)) * powerOfTwo(exponent - 24);
}

float sqrtFloat(float x) {
#if defined(__SSE2__) || defined(__aarch64__) || (defined(__ARM_FP) && (__ARM_FP & 4))
    return __builtin_sqrtf(x);
#else
    return sqrtByBits(x);
#endif
}

}  // namespace runtime
