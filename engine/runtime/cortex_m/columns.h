// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Columns: the taps of one output pixel side by side in memory, padding filled in, as the packed
// convolutions of both families read them.

#include "runtime/cortex_m/loose_word.h"
#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// Copies whole words, so up to three bytes more than asked for; the next copy overwrites them.
inline int8_t* copyWords(int8_t* to, const int8_t* from, int32_t count) {
    auto* out = reinterpret_cast<LooseWord*>(to);
    auto* in = reinterpret_cast<const LooseWord*>(from);
    for (int32_t left = count; left > 0; left -= 4)
        (out++)->value = (in++)->value;
    return to + count;
}

inline int8_t* fillWords(int8_t* to, int32_t code, int32_t count) {
    const uint32_t four = static_cast<uint8_t>(code) * 0x01010101u;
    auto* out = reinterpret_cast<LooseWord*>(to);
    for (int32_t left = count; left > 0; left -= 4)
        (out++)->value = four;
    return to + count;
}

inline bool isWhole(const Window& w, const Pixel& at) {
    return at.y.begin == 0 && at.x.begin == 0 && at.y.end == w.filterHeight &&
           at.x.end == w.filterWidth;
}

/// One row of the filter: what lies in the image, padding on both sides.
inline int8_t* gatherRow(const PackedConvParams& p, const Pixel& at, int32_t tapY,
                         const int8_t* input, int8_t* to) {
    const Window& w = p.window;
    const int32_t channels = w.inChannels;
    if (tapY < at.y.begin || tapY >= at.y.end || at.x.begin >= at.x.end)
        return fillWords(to, p.padding, w.filterWidth * channels);
    to = fillWords(to, p.padding, at.x.begin * channels);
    const int8_t* from = input + inputIndex(w, at, tapY, at.x.begin);
    if (w.dilationWidth == 1) {
        to = copyWords(to, from, (at.x.end - at.x.begin) * channels);
    } else {
        for (int32_t tap = at.x.begin; tap < at.x.end; ++tap, from += w.dilationWidth * channels)
            to = copyWords(to, from, channels);
    }
    return fillWords(to, p.padding, (w.filterWidth - at.x.end) * channels);
}

inline void gather(const PackedConvParams& p, const Pixel& at, const int8_t* input, int8_t* to) {
    for (int32_t tapY = 0; tapY < p.window.filterHeight; ++tapY)
        to = gatherRow(p, at, tapY, input, to);
}

}  // namespace runtime
