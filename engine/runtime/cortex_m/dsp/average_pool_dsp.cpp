// SPDX-License-Identifier: GPL-3.0-or-later
// AVERAGE_POOL_2D of int8 on the DSP extension: four channels at a time, summed as two pairs of 16
// bits, which cannot overflow for up to 255 taps.
#include "runtime/cortex_m/dsp/widen.h"
#include "runtime/cortex_m/replacements.h"
#include "runtime/kernels/pool.h"

namespace runtime {
namespace {

/// Sums of channels 0 and 2, and of channels 1 and 3.
struct Sums {
    uint32_t even = 0, odd = 0;

    void add(uint32_t word) {
        __asm__("sxtab16 %0, %0, %1" : "+r"(even) : "r"(word));
        __asm__("sxtab16 %0, %0, %1, ror #8" : "+r"(odd) : "r"(word));
    }
    int32_t operator[](int32_t channel) const {
        const uint32_t pair = channel % 2 == 0 ? even : odd;
        return channel < 2 ? static_cast<int16_t>(pair) : static_cast<int32_t>(pair) >> 16;
    }
};

inline Sums sumOver(const Window& w, const Pixel& at, const int8_t* row) {
    Sums sums;
    for (int32_t y = at.y.begin; y < at.y.end; ++y, row += w.inWidth * w.inChannels) {
        const int8_t* from = row;
        for (int32_t taps = at.x.end - at.x.begin; taps > 0; --taps, from += w.inChannels)
            sums.add(looseWord(from));
    }
    return sums;
}

}  // namespace

Status cortexAveragePoolInt8(const Call& call) {
    const PoolParams& p = call.params<PoolParams>();
    const Window& w = p.window;
    if (w.filterHeight * w.filterWidth > 255) return averagePoolInt8(call);
    const auto* input = call.input<int8_t>(0);
    auto* output = call.output<int8_t>();
    const int32_t lowest = p.lowest, highest = p.highest, channels = w.inChannels;
    forEachPixel(w, [&](const Pixel& at) {
        const int32_t count = (at.y.end - at.y.begin) * (at.x.end - at.x.begin);
        const int32_t half = count / 2;
        const int8_t* first = input + inputIndex(w, at, at.y.begin, at.x.begin);
        for (int32_t c = 0; c < channels; c += 4) {
            const Sums sums = sumOver(w, at, first + c);
            const int32_t valid = channels - c;
#pragma GCC unroll 4
            for (int32_t i = 0; i < 4; ++i) {
                if (i >= valid) break;
                const int32_t sum = sums[i];
                const int32_t code = (sum + (sum > 0 ? half : -half)) / count;
                *output++ = static_cast<int8_t>(clamp(code, lowest, highest));
            }
        }
    });
    return Status::Ok;
}

}  // namespace runtime
