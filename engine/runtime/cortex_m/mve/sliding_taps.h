// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Addresses of a depthwise convolution's taps for one output pixel after the other; taps outside
// the image point to a pixel of padding. Within a row all addresses move by the same step as long
// as the window lies inside the image.

#include <arm_mve.h>

#include "runtime/cortex_m/mve/window_walk.h"
#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// T: element type of the image; for types wider than a byte the padding is zero.
template <typename T>
class SlidingTaps {
public:
    /// `scratch` has mveDepthwiseScratch() bytes; fills its pixel of padding.
    SlidingTaps(const PackedDepthwiseParams& p, const T* input, int8_t* scratch)
        : m_params(p),
          m_input(input),
          m_padding(reinterpret_cast<const T*>(scratch)),
          m_walk(p.window) {
        const int32_t padded = paddingPixelBytes(p, sizeof(T));
        __builtin_memset(scratch, p.padding, static_cast<size_t>(padded));
        m_taps = reinterpret_cast<const T**>(scratch + padded);
    }

    /// The addresses for the next pixel in the order of the output.
    [[gnu::always_inline]] const T* const* next() {
        if (m_walk.isNextWhole())
            slide();
        else if (m_walk.isWhole())
            writeWhole();
        else
            writeParts();
        m_walk.advance();
        return m_taps;
    }

private:
    void slide() const {
        const Window& w = m_params.window;
        const int32_t step = w.strideWidth * w.inChannels * static_cast<int32_t>(sizeof(T));
        auto* tap = reinterpret_cast<int32_t*>(m_taps);
        for (int32_t n = m_params.taps; n > 0; n -= 4, tap += 4)
            vstrwq_s32(tap, vaddq_n_s32(vldrwq_s32(tap), step));
    }

    [[gnu::noinline]] void writeWhole() const {
        const Window& w = m_params.window;
        const int32_t rowStep = w.dilationHeight * w.inWidth * w.inChannels;
        const T* row = m_input + m_walk.origin();
        const T** tap = m_taps;
        for (int32_t y = w.filterHeight; y > 0; --y, row += rowStep)
            tap = addTaps(tap, row, w.filterWidth);
    }

    [[gnu::noinline]] void writeParts() const {
        const Window& w = m_params.window;
        const Taps y = m_walk.rows(), x = m_walk.columns();
        const int32_t rowStep = w.dilationHeight * w.inWidth * w.inChannels;
        const int32_t inside = x.end > x.begin ? x.end - x.begin : 0;
        const T* row = m_input + m_walk.origin() + x.begin * w.dilationWidth * w.inChannels;
        const T** tap = m_taps;
        for (int32_t i = 0; i < w.filterHeight; ++i, row += rowStep) {
            if (i < y.begin || i >= y.end || inside == 0) {
                tap = addPadding(tap, w.filterWidth);
                continue;
            }
            tap = addPadding(tap, x.begin);
            tap = addTaps(tap, row, inside);
            tap = addPadding(tap, w.filterWidth - x.end);
        }
    }

    const T** addPadding(const T** tap, int32_t count) const {
        for (; count > 0; --count)
            *tap++ = m_padding;
        return tap;
    }
    const T** addTaps(const T** tap, const T* from, int32_t count) const {
        const int32_t step = m_params.window.dilationWidth * m_params.window.inChannels;
        for (; count > 0; --count, from += step)
            *tap++ = from;
        return tap;
    }

    const PackedDepthwiseParams& m_params;
    const T* m_input;
    const T* m_padding;
    const T** m_taps;
    WindowWalk m_walk;
};

}  // namespace runtime
