// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Functions on float without a C library, each within 2 ulp of the exact value (tests state the
// bound found). Sources: argument reduction and polynomials of exp, log, sin and tanh are those of
// the Cephes library (S. L. Moshier, single precision); rounding equals C's round(): halves away
// from zero.

#include <stdint.h>

namespace runtime {

constexpr float kFloatMax = 3.402823466e+38f;

float expFloat(float x);
/// exp(x) - 1 without loss near zero.
float expMinusOneFloat(float x);
float tanhFloat(float x);
/// 1 / (1 + exp(-x)), with the cut-offs of the TFLite reference kernel.
float logisticFloat(float x);

float logFloat(float x);
/// Within 2 ulp, near a zero of the function within 1e-7; |x| up to 8192.
float sinFloat(float x);
float cosFloat(float x);
/// Exact remainder of a / b truncated towards zero, with the sign of a (C's fmod).
float remainderFloat(float a, float b);
/// Correctly rounded.
float sqrtFloat(float x);

/// Nearest integer, halves away from zero. Values of 2^23 and more are integers already.
inline float roundFloat(float x) {
    if (!(x > -8388608.0f && x < 8388608.0f)) return x;
    const float whole = static_cast<float>(static_cast<int32_t>(x));
    const float rest = x - whole;
    return rest >= 0.5f ? whole + 1.0f : rest <= -0.5f ? whole - 1.0f : whole;
}

inline float floorFloat(float x) {
    if (!(x > -8388608.0f && x < 8388608.0f)) return x;
    const float whole = static_cast<float>(static_cast<int32_t>(x));
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
