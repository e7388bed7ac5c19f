// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// WindowTaps: the inputs that each output position of a convolution or pool covers. A fully
// connected layer has one position per batch, whose one tap holds all features.

#include "types/graph.h"

namespace transform {

class WindowTaps {
public:
    /// For CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED or a pool.
    WindowTaps(const types::Graph& graph, size_t op);

    size_t positions() const { return m_batch * m_outHeight * m_outWidth; }
    size_t taps() const { return m_height * m_width; }
    /// Number of input channels, which are contiguous at every tap.
    size_t channels() const { return m_channels; }

    /// Calls visit(tap, index of its first channel in the input) for the taps of one output
    /// position that lie inside the image.
    template <typename Visit>
    void forEachTap(size_t position, Visit visit) const;

private:
    size_t m_batch = 1, m_inHeight = 1, m_inWidth = 1, m_channels = 1;
    size_t m_outHeight = 1, m_outWidth = 1;
    size_t m_height = 1, m_width = 1;  ///< of the window
    types::WindowOptions m_window;
    int32_t m_paddingTop = 0, m_paddingLeft = 0;
};

template <typename Visit>
void WindowTaps::forEachTap(size_t position, Visit visit) const {
    const size_t image = position / (m_outHeight * m_outWidth);
    const auto top =
        static_cast<int32_t>(position / m_outWidth % m_outHeight) * m_window.strideHeight -
        m_paddingTop;
    const auto left =
        static_cast<int32_t>(position % m_outWidth) * m_window.strideWidth - m_paddingLeft;
    for (size_t tap = 0; tap < taps(); ++tap) {
        const int32_t y = top + static_cast<int32_t>(tap / m_width) * m_window.dilationHeight;
        const int32_t x = left + static_cast<int32_t>(tap % m_width) * m_window.dilationWidth;
        const bool inside = y >= 0 && x >= 0 && y < static_cast<int32_t>(m_inHeight) &&
                            x < static_cast<int32_t>(m_inWidth);
        if (!inside) continue;
        const size_t row = image * m_inHeight + static_cast<size_t>(y);
        visit(tap, (row * m_inWidth + static_cast<size_t>(x)) * m_channels);
    }
}

}  // namespace transform
