// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/yardstick.h"

#include <array>
#include <chrono>
#include <cstdint>

namespace runners {
namespace {

using Bytes = std::array<int8_t, 16384>;

Bytes patternOf(int step) {
    Bytes bytes;
    for (size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<int8_t>(static_cast<int>(i) * step);
    return bytes;
}

}  // namespace

double timeYardstick() {
    using Clock = std::chrono::steady_clock;
    static const Bytes left = patternOf(7), right = patternOf(13);
    const auto begin = Clock::now();
    for (int round = 0; round < 10; ++round) {
        int32_t sum = 0;
        for (size_t i = 0; i < left.size(); ++i)
            sum += left[i] * right[i];
        // Prevents the compiler from removing an unused sum.
        [[maybe_unused]] volatile int32_t used = sum;
    }
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

}  // namespace runners
