// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dot products added to a running sum. Integer sums wrap, so every input is defined; float sums
// keep the order of the operands, so that results do not depend on the compiler. Integer factors
// are converted to 16 bits first: compilers have multiply-add instructions for those.

#include <stddef.h>
#include <stdint.h>

#if defined(__ARM_FEATURE_DSP)
#include "runtime/cortex_m/dot_bytes.h"
#include "runtime/cortex_m/dot_halfwords.h"
#endif

namespace runtime {

/// (x + offset) * w. With its offset an 8-bit value has 9 bits; 16-bit values have no offset.
inline int32_t product(int8_t x, int8_t w, int32_t offset) {
    const auto value = static_cast<int16_t>(x + offset);
    return value * static_cast<int16_t>(w);
}
inline int32_t product(int16_t x, int8_t w, int32_t) {
    return x * static_cast<int16_t>(w);
}
inline float product(float x, float w, int32_t) {
    return x * w;
}

inline int32_t addTo(int32_t sum, int32_t value) {
    return static_cast<int32_t>(static_cast<uint32_t>(sum) + static_cast<uint32_t>(value));
}
inline int64_t addTo(int64_t sum, int32_t value) {
    const auto wide = static_cast<uint64_t>(static_cast<int64_t>(value));
    return static_cast<int64_t>(static_cast<uint64_t>(sum) + wide);
}
inline float addTo(float sum, float value) {
    return sum + value;
}
inline int64_t wrapSum(int64_t a, int64_t b) {
    return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
inline int32_t wrapSum(int32_t a, int32_t b) {
    return addTo(a, b);
}

template <typename T, typename W, typename Sum>
Sum dot(const T* x, const W* w, int32_t count, int32_t offset, Sum sum) {
#if defined(__ARM_FEATURE_DSP)
    if constexpr (sizeof(Sum) == 4 && sizeof(T) == 1 && sizeof(W) == 1)
        return dotBytes(x, w, count, offset, sum);
    if constexpr (sizeof(T) == 2 && sizeof(W) == 1)
        return static_cast<Sum>(dotHalfwords(x, w, count, sum));
#endif
    if constexpr (sizeof(Sum) == 4 && sizeof(T) < 4) {
        uint32_t total = static_cast<uint32_t>(sum);
        for (int32_t i = 0; i < count; ++i)
            total += static_cast<uint32_t>(product(x[i], w[i], offset));
        return static_cast<Sum>(total);
    } else {
        for (int32_t i = 0; i < count; ++i)
            sum = addTo(sum, product(x[i], w[i], offset));
        return sum;
    }
}

/// Four dot products with one x at a time: four independent sums hide the latency of additions.
inline void dotFour(const float* x, const float* w, size_t stride, int32_t count, float* sums) {
    const float *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
    float s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
    for (int32_t i = 0; i < count; ++i) {
        s0 += x[i] * w[i];
        s1 += x[i] * w1[i];
        s2 += x[i] * w2[i];
        s3 += x[i] * w3[i];
    }
    sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

}  // namespace runtime
