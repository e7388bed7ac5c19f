// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Addresses of a depthwise convolution's taps for one output pixel; taps outside the image point to
// a pixel of padding. The list ends with a null.

#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// T: element type of the image; for types wider than a byte the padding is zero.
template <typename T>
class TapAddresses {
public:
    /// `scratch` has packedDepthwiseScratch() bytes; fills its pixel of padding.
    TapAddresses(const PackedDepthwiseParams& p, const T* input, int8_t* scratch)
        : m_params(p), m_input(input), m_padding(reinterpret_cast<const T*>(scratch)) {
        const int32_t padded = paddingPixelBytes(p, sizeof(T));
        __builtin_memset(scratch, p.padding, static_cast<size_t>(padded));
        m_taps = reinterpret_cast<const T**>(scratch + padded);
        m_taps[p.taps - 1] = m_padding;
        m_taps[p.taps] = m_taps[p.taps + 1] = nullptr;
    }

    [[gnu::always_inline]] const T* const* at(const Pixel& pixel) {
        const Window& w = m_params.window;
        const bool wholeRows = pixel.x.begin == 0 && pixel.x.end == w.filterWidth;
        const int32_t rowStep = w.dilationHeight * w.inWidth * w.inChannels;
        const T* row = m_input + inputIndex(w, pixel, 0, 0);
        const T** tap = m_taps;
        for (int32_t y = 0; y < w.filterHeight; ++y, row += rowStep) {
            if (y < pixel.y.begin || y >= pixel.y.end)
                tap = addPadding(tap, w.filterWidth);
            else if (wholeRows)
                tap = addTaps(tap, row, w.filterWidth);
            else
                tap = addPartOfRow(tap, row, pixel.x);
        }
        return m_taps;
    }

private:
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
    const T** addPartOfRow(const T** tap, const T* row, const Taps& x) const {
        const Window& w = m_params.window;
        tap = addPadding(tap, x.begin);
        tap = addTaps(tap, row + x.begin * w.dilationWidth * w.inChannels, x.end - x.begin);
        return addPadding(tap, w.filterWidth - x.end);
    }

    const PackedDepthwiseParams& m_params;
    const T* m_input;
    const T* m_padding;
    const T** m_taps;
};

}  // namespace runtime
