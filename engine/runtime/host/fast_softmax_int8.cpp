// SPDX-License-Identifier: GPL-3.0-or-later
// SOFTMAX on 8-bit codes: two codes differ by at most 255, so packing makes a table of all
// exponentials; at run time they are summed and scaled.
#include "runtime/host/fast_families.h"
#include "runtime/host/side_block.h"
#include "runtime/kernels/softmax.h"

namespace runtime {
namespace {

constexpr int32_t kDiffBits = 5;  // as in softmax_int8.cpp
constexpr int32_t kSumBits = 12;
constexpr int32_t kDifferences = 256;

struct SoftmaxSide {
    int32_t exps[kDifferences];    ///< by distance below the largest code
    int32_t shares[kDifferences];  ///< the same, in the form that is summed
};

int32_t largest(const int8_t* row, int32_t depth) {
    int32_t best = INT8_MIN;
    for (int32_t i = 0; i < depth; ++i)
        best = row[i] > best ? row[i] : best;
    return best;
}

// A difference that counts as zero has a share of zero; an exponential of -1 marks it.
Status softmaxCodes(const FastCall& fast) {
    const auto& p = fast.call.params<SoftmaxParams>();
    const auto& side = *sideAt<SoftmaxSide>(fast.side, 0);
    const int8_t* row = fast.input<int8_t>(0);
    int8_t* output = fast.output<int8_t>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth) {
        const int32_t best = largest(row, p.depth);
        int64_t sum = 0;
        for (int32_t i = 0; i < p.depth; ++i)
            sum += side.shares[best - row[i]];
        int32_t bitsOverUnit = 0;
        const int32_t share = reciprocal(saturate32(sum), kSumBits, &bitsOverUnit);
        const int32_t exponent = bitsOverUnit + 31 - 8;
        for (int32_t i = 0; i < p.depth; ++i) {
            const int32_t exp = side.exps[best - row[i]];
            int32_t code = INT8_MIN;
            if (exp >= 0 && exponent <= 31)
                code += roundingDivideByPowerOfTwo(roundingDoublingHighMul(share, exp), exponent);
            *output++ = static_cast<int8_t>(clamp<int32_t>(code, INT8_MIN, INT8_MAX));
        }
    }
    return Status::Ok;
}

}  // namespace

FastPlan prepareSoftmaxInt8(const Call& call, KernelId, uint8_t* memory) {
    const auto& p = call.params<SoftmaxParams>();
    SideBlock block(memory);
    block.take<SoftmaxSide>(1);
    if (block.writing()) {
        auto& side = *block.at<SoftmaxSide>(0);
        for (int32_t below = 0; below < kDifferences; ++below) {
            const bool counts = -below >= p.smallestDiff;
            side.exps[below] =
                counts ? expOnNegative(multiplyByFactor(-below, p.inputFactor), kDiffBits) : -1;
            side.shares[below] =
                counts ? roundingDivideByPowerOfTwo(side.exps[below], kSumBits) : 0;
        }
    }
    return {softmaxCodes, block.bytes(), 0};
}

}  // namespace runtime
