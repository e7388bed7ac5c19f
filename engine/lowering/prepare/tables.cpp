// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/tables.h"

#include <algorithm>
#include <cmath>

namespace lowering {
namespace {

constexpr int kSteps = 512;
constexpr int kLowestCode16 = -32768, kHighestCode16 = 32767;

int16_t saturated(float value) {
    return static_cast<int16_t>(std::clamp(value, float{kLowestCode16}, float{kHighestCode16}));
}

}  // namespace

std::vector<int16_t> makeTable(CodeScale input, CodeScale output,
                               const std::function<float(float)>& function) {
    const auto real = [](CodeScale side, int code) {
        return side.scale * static_cast<float>(code - side.zeroPoint);
    };
    const float first = real(input, kLowestCode16), last = real(input, kHighestCode16);
    const float step = (last - first) / kSteps, half = step / 2;
    const float codes = 65536.0f / (real(output, kHighestCode16) - real(output, kLowestCode16));
    std::vector<int16_t> table(kSteps + 1);
    for (int i = 0; i < kSteps; ++i) {
        const float start = first + static_cast<float>(i) * step;
        const float value = std::round(function(start) * codes);
        const float next = function(first + static_cast<float>(i + 1) * step) * codes;
        const float middle = std::round(function(start + half) * codes);
        const float error = std::round((next + value) / 2) - middle;
        table[static_cast<size_t>(i)] = saturated(value - std::round(error / 2));
    }
    table[kSteps] = saturated(std::round(function(last) * codes));
    return table;
}

}  // namespace lowering
