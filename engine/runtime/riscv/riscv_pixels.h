// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The pixels of an output in order: single ones, and runs of pairs whose taps are all inside the
// image.

#include "runtime/kernels/window.h"

namespace runtime {

class RiscvPixels {
public:
    /// The window of a layer with 1x1 filters and steps of 1 is made one long row.
    explicit RiscvPixels(const Window& window) : m_window(window) {
        joinRows();
        findPairs();
    }

    const Window& window() const { return m_window; }

    /// Few pixels are not worth what pairs need beforehand: the sum of the weights.
    bool hasPairs() const { return m_pairs > 0; }

    /// Calls visit(Pixel, pairs) for each single pixel (pairs: 0), and for the first of 2 * pairs
    /// pixels in a row.
    template <typename Visit>
    void forEach(Visit visit) const {
        const Window& w = m_window;
        size_t output = 0;
        for (int32_t batch = 0; batch < w.batches; ++batch)
            for (int32_t row = 0; row < w.outHeight; ++row) {
                const Taps y = tapsInside(row, w.strideHeight, w.padTop, w.dilationHeight,
                                          w.filterHeight, w.inHeight);
                const bool isWhole = y.begin == 0 && y.end == w.filterHeight;
                const int32_t whole = isWhole ? m_pairs : 0;
                for (int32_t column = 0; column < w.outWidth;) {
                    const Taps x = tapsInside(column, w.strideWidth, w.padLeft, w.dilationWidth,
                                              w.filterWidth, w.inWidth);
                    const int32_t pairs = column == m_firstWhole ? whole : 0;
                    const int32_t pixels = pairs > 0 ? 2 * pairs : 1;
                    visit(Pixel{y, x, batch, output}, pairs);
                    column += pixels;
                    output += static_cast<size_t>(pixels) * static_cast<size_t>(w.outChannels);
                }
            }
    }

private:
    void joinRows() {
        Window& w = m_window;
        if (w.filterHeight != 1 || w.filterWidth != 1 || w.strideHeight != 1 ||
            w.strideWidth != 1 || w.padTop != 0 || w.padLeft != 0 || w.outHeight != w.inHeight ||
            w.outWidth != w.inWidth)
            return;
        w.inWidth = w.outWidth = w.batches * w.outHeight * w.outWidth;
        w.batches = w.inHeight = w.outHeight = 1;
    }

    void findPairs() {
        constexpr int32_t kFew = 8;
        const Window& w = m_window;
        if (w.batches * w.outHeight * w.outWidth < kFew) return;
        const int32_t reach = w.inWidth - 1 - (w.filterWidth - 1) * w.dilationWidth + w.padLeft;
        if (reach < 0) return;
        m_firstWhole = (w.padLeft + w.strideWidth - 1) / w.strideWidth;
        const int32_t end = reach / w.strideWidth + 1;
        const int32_t whole = (end < w.outWidth ? end : w.outWidth) - m_firstWhole;
        m_pairs = whole > 0 ? whole / 2 : 0;
    }

    Window m_window;
    int32_t m_firstWhole = 0, m_pairs = 0;
};

}  // namespace runtime
