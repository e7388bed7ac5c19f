// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Walks over the output positions of a window in the order of the output, row by row; tells at
// little cost whether all taps lie inside the image.

#include "runtime/kernels/window.h"

namespace runtime {

class WindowWalk {
public:
    explicit WindowWalk(const Window& w) : m_window(w) {
        m_firstWhole = (w.padLeft + w.strideWidth - 1) / w.strideWidth;
        const int32_t room = w.inWidth - 1 - (w.filterWidth - 1) * w.dilationWidth + w.padLeft;
        const int32_t end = room < 0 ? 0 : room / w.strideWidth + 1;
        const int32_t count = (end < w.outWidth ? end : w.outWidth) - m_firstWhole;
        m_wholeColumns = count > 0 ? static_cast<uint32_t>(count) : 0;
        startRow();
    }

    bool isWhole() const { return static_cast<uint32_t>(m_column - m_firstWhole) < m_wholes; }
    /// True where the position before, in the same row, was whole as well.
    bool isNextWhole() const { return isWhole() && m_column > m_firstWhole; }
    /// Index of the element under tap (0, 0), which may lie outside the image.
    int32_t origin() const { return m_origin; }
    const Taps& rows() const { return m_rows; }
    Taps columns() const {
        const Window& w = m_window;
        return tapsInside(m_column, w.strideWidth, w.padLeft, w.dilationWidth, w.filterWidth,
                          w.inWidth);
    }

    [[gnu::always_inline]] void advance() {
        m_origin += m_window.strideWidth * m_window.inChannels;
        if (++m_column == m_window.outWidth) startNextRow();
    }

private:
    [[gnu::noinline]] void startNextRow() {
        m_column = 0;
        if (++m_row == m_window.outHeight) {
            m_row = 0;
            m_firstRow += m_window.inHeight;
        }
        startRow();
    }

    void startRow() {
        const Window& w = m_window;
        m_rows = tapsInside(m_row, w.strideHeight, w.padTop, w.dilationHeight, w.filterHeight,
                            w.inHeight);
        m_wholes = m_rows.begin == 0 && m_rows.end == w.filterHeight ? m_wholeColumns : 0;
        m_origin = ((m_firstRow + m_rows.origin) * w.inWidth - w.padLeft) * w.inChannels;
    }

    const Window& m_window;
    int32_t m_firstWhole;
    uint32_t m_wholeColumns;
    uint32_t m_wholes;  // of the row
    int32_t m_row = 0, m_column = 0;
    int32_t m_firstRow = 0;  // of the image, over all batches
    int32_t m_origin;
    Taps m_rows;
};

}  // namespace runtime
