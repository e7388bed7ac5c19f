// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the taps of a depthwise convolution lie for one output pixel: an address each, those
// outside of the image at a pixel of padding. The list ends with a null.

#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

class TapAddresses {
public:
    /// Scratch as packedDepthwiseScratch() says; fills the pixel of padding.
    TapAddresses(const PackedDepthwiseParams& p, const int8_t* input, int8_t* scratch)
        : m_params(p), m_input(input), m_padding(scratch) {
        const int32_t padded = (p.window.inChannels + kOverread) / 16 * 16 + 16;
        __builtin_memset(scratch, p.padding, static_cast<size_t>(padded));
        m_taps = reinterpret_cast<const int8_t**>(scratch + padded);
        m_taps[p.taps - 1] = m_padding;
        m_taps[p.taps] = m_taps[p.taps + 1] = nullptr;
    }

    const int8_t* const* at(const Pixel& pixel) {
        const Window& w = m_params.window;
        const int8_t** tap = m_taps;
        for (int32_t y = 0; y < w.filterHeight; ++y) {
            if (y < pixel.y.begin || y >= pixel.y.end) {
                for (int32_t x = 0; x < w.filterWidth; ++x)
                    *tap++ = m_padding;
                continue;
            }
            const int8_t* from = m_input + inputIndex(w, pixel, y, 0);
            for (int32_t x = 0; x < w.filterWidth; ++x, from += w.dilationWidth * w.inChannels)
                *tap++ = x < pixel.x.begin || x >= pixel.x.end ? m_padding : from;
        }
        return m_taps;
    }

private:
    const PackedDepthwiseParams& m_params;
    const int8_t* m_input;
    const int8_t* m_padding;
    const int8_t** m_taps;
};

}  // namespace runtime
