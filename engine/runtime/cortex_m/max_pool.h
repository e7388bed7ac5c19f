// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MAX_POOL_2D, several channels at a time, for both instruction sets. Lanes are the instruction
// set's vectors of one element type:
//   kLanes; load(from): may read lanes beyond the last channel; all(value);
//   larger(a, b), smaller(a, b); store(to, vector, first(count)): the first `count` lanes.

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/kernels/pool.h"

namespace runtime {

template <typename Lanes, typename T>
Status maxPool(const Call& call) {
    const PoolParams& p = call.params<PoolParams>();
    const Window& w = p.window;
    const T* input = call.input<T>(0);
    T* output = call.output<T>();
    const auto lowest = Lanes::all(p.lowest), highest = Lanes::all(p.highest);
    const int32_t channels = w.inChannels;
    forEachPixel(w, [&](const Pixel& at) {
        const T* first = input + inputIndex(w, at, at.y.begin, at.x.begin);
        for (int32_t c = 0; c < channels; c += Lanes::kLanes) {
            auto best = lowest;
            const T* row = first + c;
            for (int32_t y = at.y.begin; y < at.y.end; ++y, row += w.inWidth * channels) {
                const T* from = row;
                for (int32_t taps = at.x.end - at.x.begin; taps > 0; --taps, from += channels)
                    best = Lanes::larger(best, Lanes::load(from));
            }
            Lanes::store(output + c, Lanes::smaller(best, highest), Lanes::first(channels - c));
        }
        output += channels;
    });
    return Status::Ok;
}

}  // namespace runtime
