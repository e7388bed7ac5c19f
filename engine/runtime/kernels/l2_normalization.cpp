// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/normalize.h"

namespace runtime {

// The output has 7 fraction bits.
Status l2NormalizationInt8(const Call& call) {
    constexpr int32_t kFractionBits = 7;
    const auto& p = call.params<NormalizeParams>();
    const int8_t* row = call.input<int8_t>(0);
    int8_t* output = call.output<int8_t>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth) {
        int32_t squares = 0;
        for (int32_t i = 0; i < p.depth; ++i) {
            const int32_t x = row[i] + p.inputOffset;
            squares = saturate32(int64_t{squares} + x * x);
        }
        Factor factor = inverseSqrt(squares);
        factor.shift += kFractionBits;
        for (int32_t i = 0; i < p.depth; ++i) {
            const int32_t code = multiplyByFactor(row[i] + p.inputOffset, factor);
            *output++ = static_cast<int8_t>(clamp<int32_t>(code, INT8_MIN, INT8_MAX));
        }
    }
    return Status::Ok;
}

Status l2NormalizationFloat32(const Call& call) {
    constexpr float kSmallest = 1e-6f;
    const auto& p = call.params<NormalizeParams>();
    const float* row = call.input<float>(0);
    float* output = call.output<float>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth) {
        float squares = 0.0f;
        for (int32_t i = 0; i < p.depth; ++i)
            squares += row[i] * row[i];
        const float root = sqrtFloat(squares);
        const float norm = root < kSmallest ? kSmallest : root;
        for (int32_t i = 0; i < p.depth; ++i)
            *output++ = row[i] / norm;
    }
    return Status::Ok;
}

}  // namespace runtime
