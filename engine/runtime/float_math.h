// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Functions on float without a C library. A bound holds for every float, denormals included, in
// units of the last place of the exact result (of a denormal result: 2^-149). Results for
// infinities and zeros, with their signs, are those of C; a NaN gives a NaN. Sources: the argument
// reduction of exp and log and the polynomials are those of the Cephes library (S. L. Moshier,
// single precision).

#include <stdint.h>

namespace runtime {

constexpr float kFloatMax = 3.402823466e+38f;

/// Within 1 unit.
float expFloat(float x);
/// exp(x) - 1 without loss near zero; within 2 units.
float expMinusOneFloat(float x);
/// Within 1.5 units.
float tanhFloat(float x);
/// 1 / (1 + exp(-x)) with the cut-offs of the TFLite reference kernel: 1 above 16.62, exp(x) below
/// -9. Within 2.5 units of that.
float logisticFloat(float x);
/// Within 1 unit.
float logFloat(float x);
/// Within 2 units, also where the result is nearly zero; an infinity gives a NaN.
float sinFloat(float x);
float cosFloat(float x);
/// Exact remainder of a / b truncated towards zero, with the sign of a (C's fmod).
float remainderFloat(float a, float b);
/// The largest integer that is not above a / b; within a unit where that is 2^24 and more.
float floorDivideFloat(float a, float b);
/// Correctly rounded. sqrtByBits() does the same on cores without the instruction.
float sqrtFloat(float x);
float sqrtByBits(float x);

/// Nearest integer, halves away from zero. Values of 2^23 and more are integers already.
inline float roundFloat(float x) {
    if (!(x > -8388608.0f && x < 8388608.0f)) return x;
    const float whole = static_cast<float>(static_cast<int32_t>(x));
    const float rest = x - whole;
    return __builtin_copysignf(rest >= 0.5f    ? whole + 1.0f
                               : rest <= -0.5f ? whole - 1.0f
                                               : whole,
                               x);
}

inline float floorFloat(float x) {
    if (!(x > -8388608.0f && x < 8388608.0f)) return x;
    const float whole = static_cast<float>(static_cast<int32_t>(x));
    if (whole == x) return x;  // keeps the sign of zero
    return whole > x ? whole - 1.0f : whole;
}
inline float ceilFloat(float x) {
    return -floorFloat(-x);
}

/// Converts with saturation instead of undefined behaviour; NaN gives the smallest value.
inline int32_t toInt32(float x) {
    if (!(x > -2147483648.0f)) return -2147483647 - 1;
    return x >= 2147483648.0f ? 2147483647 : static_cast<int32_t>(x);
}

}  // namespace runtime
