// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/softmax.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

constexpr int32_t kDiffBits = 5;  // integer bits of the scaled difference
constexpr int32_t kSumBits = 12;  // integer bits of the sum of exponentials

int32_t expOfDiff(const SoftmaxParams& p, int32_t diff) {
    return expOnNegative(multiplyByFactor(diff, p.inputFactor), kDiffBits);
}

int8_t largest(const int8_t* row, int32_t depth) {
    int8_t best = INT8_MIN;
    for (int32_t i = 0; i < depth; ++i)
        best = row[i] > best ? row[i] : best;
    return best;
}

// The sum saturates at 2^31: every share is below the smallest output code by then.
int32_t sumOfExps(const SoftmaxParams& p, const int8_t* row, int32_t best) {
    int64_t sum = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
        const int32_t diff = row[i] - best;
        if (diff >= p.smallestDiff) sum += roundingDivideByPowerOfTwo(expOfDiff(p, diff), kSumBits);
    }
    return saturate32(sum);
}

// For exponents of 32 and more, a value below 2^31 rounds to zero.
int32_t shiftDown(int32_t value, int32_t exponent) {
    return exponent > 31 ? 0 : roundingDivideByPowerOfTwo(value, exponent);
}

template <typename Out>
Status softmaxRows(const Call& call, int32_t lowest, int32_t highest) {
    const auto& p = call.params<SoftmaxParams>();
    const int8_t* row = call.input<int8_t>(0);
    Out* output = call.output<Out>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth) {
        const int32_t best = largest(row, p.depth);
        int32_t bitsOverUnit = 0;
        const int32_t share = reciprocal(sumOfExps(p, row, best), kSumBits, &bitsOverUnit);
        const int32_t exponent = bitsOverUnit + 31 - static_cast<int32_t>(sizeof(Out)) * 8;
        for (int32_t i = 0; i < p.depth; ++i) {
            const int32_t diff = row[i] - best;
            int32_t code = lowest;
            if (diff >= p.smallestDiff)
                code += shiftDown(roundingDoublingHighMul(share, expOfDiff(p, diff)), exponent);
            *output++ = static_cast<Out>(clamp(code, lowest, highest));
        }
    }
    return Status::Ok;
}

}  // namespace

Status softmaxInt8(const Call& call) {
    return softmaxRows<int8_t>(call, INT8_MIN, INT8_MAX);
}

Status softmaxInt8ToInt16(const Call& call) {
    return softmaxRows<int16_t>(call, INT16_MIN, INT16_MAX);
}

}  // namespace runtime
