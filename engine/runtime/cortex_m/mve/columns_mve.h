// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The taps of one output pixel after the other, as contiguous bytes: in place where the image holds
// them so, else gathered into a column.

#include <arm_mve.h>

#include "runtime/cortex_m/mve/window_walk.h"
#include "runtime/cortex_m/packed_kernels.h"

namespace runtime {

/// Copies exactly `count` bytes.
inline void copyBytes(int8_t* to, const int8_t* from, int32_t count) {
    __asm__ volatile(
        "wlstp.8 lr, %[count], 2f\n\t"
        "1:\n\t"
        "vldrb.8 q0, [%[from]], #16\n\t"
        "vstrb.8 q0, [%[to]], #16\n\t"
        "letp lr, 1b\n\t"
        "2:"
        : [to] "+r"(to), [from] "+r"(from)
        : [count] "r"(count)
        : "q0", "lr", "memory");
}

class Columns {
public:
    Columns(const PackedConvParams& params, const int8_t* image)
        : m_params(params),
          m_image(image),
          m_rowBytes(params.window.filterWidth * params.window.inChannels),
          m_rowStep(params.window.dilationHeight * params.window.inWidth *
                    params.window.inChannels),
          m_inPlace(params.window.filterHeight == 1 && isRun()),
          m_walk(params.window) {}

    /// The taps of the next pixel in the order of the output; `column` has room for `depth` bytes.
    [[gnu::always_inline]] const int8_t* next(int8_t* column) {
        if (m_params.pointwise == 0) return windowed(column);
        const int8_t* const taps = m_image;
        m_image += m_params.window.inChannels;
        return taps;
    }

private:
    /// True where the taps of a row are contiguous in the image.
    bool isRun() const {
        return m_params.window.dilationWidth == 1 || m_params.window.filterWidth == 1;
    }

    [[gnu::noinline]] const int8_t* windowed(int8_t* column) {
        const int8_t* from = m_image + m_walk.origin();
        if (!m_walk.isWhole() || !isRun()) {
            gatherParts(from, column);
            m_walk.advance();
            return column;
        }
        m_walk.advance();
        if (m_inPlace) return from;
        int8_t* to = column;
        for (int32_t rows = m_params.window.filterHeight; rows > 0; --rows) {
            copyBytes(to, from, m_rowBytes);
            to += m_rowBytes, from += m_rowStep;
        }
        return column;
    }

    /// Copies the taps inside the image between padding; `origin`: the address of tap (0, 0).
    [[gnu::noinline]] void gatherParts(const int8_t* origin, int8_t* column) const {
        const Window& w = m_params.window;
        const Taps y = m_walk.rows(), x = m_walk.columns();
        const int32_t channels = w.inChannels, step = w.dilationWidth * channels;
        const int32_t taps = x.end - x.begin;
        fill(column);
        if (taps <= 0) return;
        int8_t* to = column + y.begin * m_rowBytes + x.begin * channels;
        const int8_t* from = origin + y.begin * m_rowStep + x.begin * step;
        for (int32_t rows = y.end - y.begin; rows > 0;
             --rows, to += m_rowBytes, from += m_rowStep) {
            if (isRun()) {
                copyBytes(to, from, taps * channels);
                continue;
            }
            for (int32_t tap = 0; tap < taps; ++tap)
                copyBytes(to + tap * channels, from + tap * step, channels);
        }
    }

    void fill(int8_t* column) const {
        const int8x16_t padding = vdupq_n_s8(static_cast<int8_t>(m_params.padding));
        for (int32_t n = m_params.depth; n > 0; n -= 16, column += 16)
            vstrbq_s8(column, padding);
    }

    const PackedConvParams& m_params;
    const int8_t* m_image;
    int32_t m_rowBytes, m_rowStep;
    bool m_inPlace;
    WindowWalk m_walk;
};

}  // namespace runtime
