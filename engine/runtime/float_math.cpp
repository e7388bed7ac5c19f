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
    // Two steps, so that neither 2^128 nor a denormal power is needed.
    const int32_t half = n / 2;
    return value * powerOfTwo(half) * powerOfTwo(n - half);
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

}  // namespace runtime
