// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// AVERAGE_POOL_2D and MAX_POOL_2D. Only taps inside the image count, also for the average.
// Operands: input, output (NHWC, same quantization).

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"
#include "runtime/kernels/window.h"

namespace runtime {

struct PoolParams {
    Window window;
    int32_t lowest = 0, highest = 0;
    float lowestFloat = 0.0f, highestFloat = 0.0f;
};

constexpr int32_t kPoolBlock = 32;

/// For every output value: fold(state, value) over its taps from `start`, then finish(state, tap
/// count). A block of channels is folded together.
template <typename T, typename S, typename Fold, typename Finish>
void pool(const Window& w, const T* input, T* output, S start, Fold fold, Finish finish) {
    forEachPixel(w, [&](const Pixel& at) {
        const int32_t count = (at.y.end - at.y.begin) * (at.x.end - at.x.begin);
        for (int32_t first = 0; first < w.inChannels; first += kPoolBlock) {
            const int32_t left = w.inChannels - first;
            const int32_t channels = left < kPoolBlock ? left : kPoolBlock;
            S states[kPoolBlock];
            for (int32_t c = 0; c < channels; ++c)
                states[c] = start;
            for (int32_t tapY = at.y.begin; tapY < at.y.end; ++tapY) {
                for (int32_t tapX = at.x.begin; tapX < at.x.end; ++tapX) {
                    const T* values = input + inputIndex(w, at, tapY, tapX) + first;
                    for (int32_t c = 0; c < channels; ++c)
                        states[c] = fold(states[c], values[c]);
                }
            }
            T* results = output + at.output + first;
            for (int32_t c = 0; c < channels; ++c)
                results[c] = finish(states[c], count);
        }
    });
}

/// Integer averages round to nearest, halves away from zero.
template <typename T>
Status averageIntegers(const Call& call) {
    const auto& p = call.params<PoolParams>();
    pool(
        p.window, call.input<T>(0), call.output<T>(), int32_t{0},
        [](int32_t sum, T value) { return wrapAdd(sum, value); },
        [&p](int32_t sum, int32_t count) {
            const int32_t half = sum > 0 ? count / 2 : -(count / 2);
            return static_cast<T>(clamp(wrapAdd(sum, half) / count, p.lowest, p.highest));
        });
    return Status::Ok;
}

template <typename T>
Status maximumIntegers(const Call& call, T smallest) {
    const auto& p = call.params<PoolParams>();
    pool(
        p.window, call.input<T>(0), call.output<T>(), smallest,
        [](T best, T value) { return value > best ? value : best; },
        [&p](T best, int32_t) {
            return static_cast<T>(clamp<int32_t>(best, p.lowest, p.highest));
        });
    return Status::Ok;
}

}  // namespace runtime
