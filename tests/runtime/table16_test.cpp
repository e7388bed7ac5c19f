// SPDX-License-Identifier: GPL-3.0-or-later
// Table functions of 16-bit codes against libm.
#include "runtime/table16.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using namespace runtime;

TEST(Table16, LogisticOfThreeIntegerBits) {
    for (int code = -32768; code < 32768; code += 7) {
        const double x = code / 4096.0;
        ASSERT_NEAR(logisticInt16(static_cast<int16_t>(code), {}) / 32768.0,
                    1.0 / (1.0 + std::exp(-x)), 3e-5)
            << x;
    }
}

TEST(Table16, TanhOfThreeIntegerBits) {
    for (int code = -32768; code < 32768; code += 7) {
        const double x = code / 4096.0;
        ASSERT_NEAR(tanhInt16(static_cast<int16_t>(code), {}) / 32768.0, std::tanh(x), 1e-4) << x;
    }
}

TEST(Table16, ScaleActsBeforeTheTable) {
    EXPECT_EQ(tanhInt16(1000, {3 << 2, 0}), tanhInt16(4000, {}));
    EXPECT_EQ(logisticInt16(4000, {3, 2}), logisticInt16(1000, {}));
}

TEST(Table16, ManyCodesAreAsOne) {
    std::vector<int16_t> codes;
    for (int code = -32768; code < 32768; code += 11)
        codes.push_back(static_cast<int16_t>(code));
    const auto count = static_cast<int32_t>(codes.size());
    for (const TableScale scale : {TableScale{}, TableScale{3, 2}, TableScale{12, 0}}) {
        std::vector<int16_t> logistic(codes.size()), tanh = codes;
        logisticInt16(codes.data(), count, scale, logistic.data());
        tanhInt16(tanh.data(), count, scale, tanh.data());
        for (size_t i = 0; i < codes.size(); ++i) {
            ASSERT_EQ(logistic[i], logisticInt16(codes[i], scale));
            ASSERT_EQ(tanh[i], tanhInt16(codes[i], scale));
        }
    }
}

TEST(Table16, LookUpInterpolates) {
    std::vector<int16_t> line(513);
    for (size_t i = 0; i < line.size(); ++i)
        line[i] = static_cast<int16_t>(10 * i);
    EXPECT_EQ(lookUp(line.data(), -32768), 0);
    EXPECT_EQ(lookUp(line.data(), 0), 2560);
    EXPECT_EQ(lookUp(line.data(), 64), 2565);
    EXPECT_EQ(lookUp(line.data(), 32767), 5120);
}

}  // namespace
