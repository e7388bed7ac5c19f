// SPDX-License-Identifier: GPL-3.0-or-later
// A linear sum must equal the plain kernel for every pair of codes, or not be found.
#include "runtime/host/linear_sum.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/kernels/add.h"

namespace {

using runtime::BinaryParams;
using runtime::LinearSum;

constexpr int32_t kHalf = 1 << 30;  // as a multiplier without a shift

BinaryParams params(runtime::Factor smaller, runtime::Factor output) {
    BinaryParams p;
    p.offsets[0] = 3;
    p.offsets[1] = -5;
    p.outputOffset = 7;
    p.leftShift = 20;
    p.factors[0] = {kHalf, 0};
    p.factors[1] = smaller;
    p.outputFactor = output;
    p.lowest = -100;
    p.highest = 127;
    return p;
}

int32_t plainCode(const BinaryParams& p, int32_t sign, int32_t a, int32_t b) {
    const int32_t sum = runtime::rescaled(a, p.offsets[0], p.leftShift, p.factors[0]) +
                        sign * runtime::rescaled(b, p.offsets[1], p.leftShift, p.factors[1]);
    return std::clamp(runtime::multiplyByFactor(sum, p.outputFactor) + p.outputOffset, p.lowest,
                      p.highest);
}

int32_t linearCode(const BinaryParams& p, const LinearSum& sum, int32_t a, int32_t b) {
    const int32_t high = a * sum.high[0] + b * sum.high[1] + sum.highBias;
    const int32_t low = a * sum.low[0] + b * sum.low[1] + sum.lowBias;
    return std::clamp((high + (low >> runtime::kLowBits)) >> sum.shift, p.lowest, p.highest);
}

TEST(LinearSum, GivesThePlainCodeForEveryPair) {
    const BinaryParams p = params({1503238553, -1}, {1610612889, -19});
    for (const int32_t sign : {1, -1}) {
        LinearSum sum;
        ASSERT_TRUE(runtime::findLinearSum(p, sign, sum));
        for (int32_t a = -128; a <= 127; ++a)
            for (int32_t b = -128; b <= 127; ++b)
                ASSERT_EQ(linearCode(p, sum, a, b), plainCode(p, sign, a, b)) << a << ", " << b;
    }
}

// Half of a sum of codes is a tie between two codes, which rounds away from zero.
TEST(LinearSum, ExactTiesHaveNone) {
    LinearSum sum;
    EXPECT_FALSE(runtime::findLinearSum(params({kHalf, 0}, {kHalf, -19}), 1, sum));
}

}  // namespace
