// SPDX-License-Identifier: GPL-3.0-or-later
// The vector loops give what their plain twins give.
#include "transform/recovery/residual_loops.h"

#include <gtest/gtest.h>

#include <vector>

#include "zoo/random_weights.h"

namespace {

std::vector<float> loopFloats(zoo::RandomWeights& random, size_t count) {
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(random.normal());
    return values;
}

TEST(ResidualLoops, ClampedResidualsAgreeWithTheirTwin) {
    zoo::RandomWeights random(2);
    for (size_t rows : {1, 3, 20})
        for (size_t channels : {1, 4, 8, 17, 64}) {
            const auto wanted = loopFloats(random, rows * channels);
            auto fast = loopFloats(random, rows * channels), exact = fast;
            auto fastSums = loopFloats(random, channels), exactSums = fastSums;
            transform::clampedResidual(
                {wanted.data(), -0.5f, 0.5f, fast.data(), rows, channels, fastSums.data()});
            transform::plain::clampedResidual(
                {wanted.data(), -0.5f, 0.5f, exact.data(), rows, channels, exactSums.data()});
            EXPECT_EQ(fast, exact);
            EXPECT_EQ(fastSums, exactSums);
        }
}

TEST(ResidualLoops, RealValuesAgreeWithTheirTwin) {
    std::vector<int8_t> codes;
    for (int code = -128; code < 128; ++code)
        codes.push_back(static_cast<int8_t>(code));
    for (size_t count : {1, 7, 8, 33, 256}) {
        std::vector<float> fast(count), exact(count);
        transform::realValues(codes.data(), count, -3, 0.1f, fast.data());
        transform::plain::realValues(codes.data(), count, -3, 0.1f, exact.data());
        EXPECT_EQ(fast, exact);
    }
}

}  // namespace
