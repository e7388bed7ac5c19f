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

}  // namespace

// exp(x) = 2^n exp(r) with r in [-ln2/2, ln2/2]; ln2 is split in two so that n * ln2 is exact.
float expFloat(float x) {
    if (x != x) return x;
    if (x > 88.7228394f) return __builtin_inff();
    if (x < -103.972084f) return 0.0f;
    const int32_t n = static_cast<int32_t>(roundFloat(x * 1.44269504088896341f));
    const float whole = static_cast<float>(n);
    const float r = x - whole * 0.693359375f - whole * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    const float value = p * r * r + r + 1.0f;
    // Scales in two steps, so that neither 2^128 nor a denormal power is needed.
    const int32_t half = n / 2;
    return value * powerOfTwo(half) * powerOfTwo(n - half);
}

// Taylor series near zero, where the subtraction would cancel.
float expMinusOneFloat(float x) {
    if (x < -0.35f || x > 0.35f) return expFloat(x) - 1.0f;
    float p = 1.0f / 40320.0f;
    constexpr float kDivisors[] = {5040.0f, 720.0f, 120.0f, 24.0f, 6.0f, 2.0f};
    for (const float divisor : kDivisors)
        p = p * x + 1.0f / divisor;
    return p * x * x + x;
}

// Long division: doubles |b| up to |a|, then subtracts it wherever it fits while halving; every
// step is exact.
float remainderFloat(float a, float b) {
    const float size = b < 0.0f ? -b : b;
    if (a != a || a - a != 0.0f || !(size > 0.0f)) return __builtin_nanf("");
    if (size > kFloatMax) return a;
    float rest = a < 0.0f ? -a : a;
    float step = size;
    while (step <= rest * 0.5f)
        step += step;
    for (; step >= size; step *= 0.5f)
        if (rest >= step) rest -= step;
    return a < 0.0f ? -rest : rest;
}

float tanhFloat(float x) {
    const float size = x < 0.0f ? -x : x;
    if (size > 9.1f) return x < 0.0f ? -1.0f : 1.0f;
    if (size >= 0.625f) {
        const float value = 1.0f - 2.0f / (expFloat(size + size) + 1.0f);
        return x < 0.0f ? -value : value;
    }
    const float z = x * x;
    float p = -5.70498872745e-3f;
    p = p * z + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    return p * z * x + x;
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

// sin(x + quarters * pi/2); pi/2 is split in three so that whole * part is exact.
float sinShifted(float x, int32_t quarters) {
    if (x != x || x - x != 0.0f) return __builtin_nanf("");
    const float whole = roundFloat(x * 0.636619772367581343f);
    const float r =
        x - whole * 1.5703125f - whole * 4.837512969970703125e-4f - whole * 7.54978995489188216e-8f;
    const uint32_t phase = static_cast<uint32_t>(toInt32(whole)) + static_cast<uint32_t>(quarters);
    const float value = phase & 1u ? cosNearZero(r) : sinNearZero(r);
    return phase & 2u ? -value : value;
}

}  // namespace

float sinFloat(float x) {
    return sinShifted(x, 0);
}

float cosFloat(float x) {
    return sinShifted(x, 1);
}

#if defined(__SSE2__) || defined(__aarch64__) || (defined(__ARM_FP) && (__ARM_FP & 4))
float sqrtFloat(float x) {
    return __builtin_sqrtf(x);
}
#else
// Without a square root instruction: the root of the 48-bit mantissa, bit by bit.
float sqrtFloat(float x) {
    if (!(x > 0.0f) || x > kFloatMax) return x < 0.0f ? __builtin_nanf("") : x;
    int32_t exponent = 0;
    while (x < 0.25f)
        x *= 4.0f, --exponent;
    while (x >= 1.0f)
        x *= 0.25f, ++exponent;
    const uint64_t square = static_cast<uint64_t>(static_cast<uint32_t>(x * 16777216.0f)) << 26;
    uint64_t root = 0;
    for (uint64_t bit = uint64_t{1} << 25; bit != 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= square) root += bit;
    const uint64_t rounded = (root + 1) >> 1;
    float value = static_cast<float>(rounded) / 16777216.0f;
    for (; exponent > 0; --exponent)
        value *= 2.0f;
    for (; exponent < 0; ++exponent)
        value *= 0.5f;
    return value;
}
#endif

}  // namespace runtime
