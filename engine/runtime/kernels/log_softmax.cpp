// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/normalize.h"

namespace runtime {
namespace {

constexpr int32_t kDiffBits = 5;    // integer bits of scaled differences
constexpr int32_t kSumBits = 12;    // integer bits of the sum of exponentials
constexpr int32_t kOutputBits = 4;  // integer bits of the result: scale 16 / 256

int32_t logOfSum(const NormalizeParams& p, const int8_t* row, int32_t best) {
    int64_t sum = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
        const int32_t diff = row[i] - best;
        if (diff < p.smallestDiff) continue;
        const int32_t exp = expOnNegative(multiplyByFactor(diff, p.inputFactor), kDiffBits);
        sum += roundingDivideByPowerOfTwo(exp, kSumBits);
    }
    return logFixed(saturate32(sum));
}

}  // namespace

Status logSoftmaxInt8(const Call& call) {
    const auto& p = call.params<NormalizeParams>();
    const int8_t* row = call.input<int8_t>(0);
    int8_t* output = call.output<int8_t>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth) {
        int8_t best = INT8_MIN;
        for (int32_t i = 0; i < p.depth; ++i)
            best = row[i] > best ? row[i] : best;
        const int32_t logSum = logOfSum(p, row, best);
        const int32_t reach = multiplyByFactor(wrapAdd(logSum, kInt32Min), p.reverseFactor);
        const int32_t lowest = reach > p.smallestDiff - 1 ? reach : p.smallestDiff - 1;
        for (int32_t i = 0; i < p.depth; ++i) {
            const int32_t diff = row[i] - best;
            int32_t code = INT8_MIN;
            if (diff > lowest)
                code = roundingDivideByPowerOfTwo(
                           wrapAdd(multiplyByFactor(diff, p.inputFactor), -logSum),
                           31 - kDiffBits - kOutputBits) +
                       INT8_MAX;
            *output++ = static_cast<int8_t>(clamp<int32_t>(code, INT8_MIN, INT8_MAX));
        }
    }
    return Status::Ok;
}

Status logSoftmaxFloat32(const Call& call) {
    const auto& p = call.params<NormalizeParams>();
    const float* row = call.input<float>(0);
    float* output = call.output<float>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth) {
        float best = -kFloatMax;
        for (int32_t i = 0; i < p.depth; ++i)
            best = row[i] > best ? row[i] : best;
        float sum = 0.0f;
        for (int32_t i = 0; i < p.depth; ++i)
            sum += expFloat(row[i] - best);
        const float logSum = logFloat(sum);
        for (int32_t i = 0; i < p.depth; ++i)
            *output++ = row[i] - best - logSum;
    }
    return Status::Ok;
}

}  // namespace runtime
