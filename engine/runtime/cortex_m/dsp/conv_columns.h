// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Columns of the packed convolution with the DSP extension: the taps of a group of columnPixels()
// output pixels in 16 bits, as the tiles read them. Pixels whose window lies inside the image wait
// until the group is complete, so that three are widened at once.

#include "runtime/cortex_m/dsp/widen.h"
#include "runtime/cortex_m/im2col.h"

namespace runtime {

class Columns {
public:
    Columns(const PackedConvParams& p, const int8_t* input, int16_t* scratch)
        : m_params(p),
          m_input(input),
          m_columns(scratch),
          m_bytes(reinterpret_cast<int8_t*>(scratch + columnPixels(p.window) * p.depth)),
          m_gap(columnPixels(p.window)),
          m_run(p.window.filterWidth * p.window.inChannels),
          m_rowStep(p.window.dilationHeight * p.window.inWidth * p.window.inChannels),
          m_fours(p.depth / 4) {}

    /// A pixel whose window lies inside the image, with its first tap at `from`.
    void takeWhole(int32_t place, const int8_t* from) {
        m_waiting[place] = nullptr;
        if (m_params.window.dilationWidth == 1 && m_run % 4 == 0) {
            m_waiting[place] = from;
        } else if (m_params.window.dilationWidth == 1) {
            copyRows(from);
            widen(m_bytes, m_fours, column(place));
        }
    }
    void takeClipped(int32_t place, const Pixel& at) {
        m_waiting[place] = nullptr;
        if (m_params.window.inChannels % 4 == 0) {
            widenRows(at, column(place));
        } else {
            gather(m_params, at, m_input, m_bytes);
            widen(m_bytes, m_fours, column(place));
        }
    }

    /// Widens what still waits of the first `count` pixels.
    void complete(int32_t count) {
        const int8_t *x = m_waiting[0], *y = m_waiting[1], *z = m_waiting[2];
        if (count == 3 && x != nullptr && y != nullptr && z != nullptr) {
            int16_t* to = m_columns;
            for (int32_t rows = m_params.window.filterHeight; rows > 0; --rows) {
                to = widenThree(x, y, z, m_run / 4, to);
                x += m_rowStep, y += m_rowStep, z += m_rowStep;
            }
            return;
        }
        for (int32_t place = 0; place < count; ++place) {
            const int8_t* from = m_waiting[place];
            if (from == nullptr) continue;
            int16_t* to = column(place);
            for (int32_t rows = m_params.window.filterHeight; rows > 0; --rows, from += m_rowStep)
                to = widen(from, m_run / 4, to);
        }
    }

private:
    int16_t* column(int32_t place) const { return m_columns + 2 * place; }

    // Not inlined: its loop is unrolled.
    [[gnu::noinline]] int16_t* widen(const int8_t* from, int32_t fours, int16_t* to) const {
        return runtime::widen(from, fours, to, m_gap);
    }

    /// Copies words, of which the last of a row may write up to three bytes too many.
    void copyRows(const int8_t* from) const {
        const int32_t run = m_run, skip = m_rowStep - (run + 3) / 4 * 4;
        int8_t* to = m_bytes;
        for (int32_t rows = m_params.window.filterHeight; rows > 0; --rows) {
            int8_t* const next = to + run;
            do {
                storePiece(to, loadPiece(from));
                to += kPieceBytes, from += kPieceBytes;
            } while (to < next);
            to = next, from += skip;
        }
    }

    /// Pixels of whole words, directly from the image.
    void widenRows(const Pixel& at, int16_t* to) const {
        const Window& w = m_params.window;
        const int32_t fours = w.inChannels / 4;
        for (int32_t tapY = 0; tapY < w.filterHeight; ++tapY) {
            if (tapY < at.y.begin || tapY >= at.y.end || at.x.begin >= at.x.end) {
                to = pad(w.filterWidth * fours, to);
                continue;
            }
            const int8_t* from = m_input + inputIndex(w, at, tapY, at.x.begin);
            const int32_t taps = at.x.end - at.x.begin;
            to = pad(at.x.begin * fours, to);
            if (w.dilationWidth == 1) {
                to = widen(from, taps * fours, to);
            } else {
                for (int32_t tap = 0; tap < taps; ++tap, from += w.dilationWidth * w.inChannels)
                    to = widen(from, fours, to);
            }
            to = pad((w.filterWidth - at.x.end) * fours, to);
        }
    }

    int16_t* pad(int32_t fours, int16_t* to) const {
        const uint32_t pair = static_cast<uint16_t>(m_params.padding) * 0x10001u;
        auto* word = reinterpret_cast<uint32_t*>(to);
        for (int32_t left = 2 * fours; left > 0; --left, word += m_gap)
            *word = pair;
        return reinterpret_cast<int16_t*>(word);
    }

    const PackedConvParams& m_params;
    const int8_t* m_input;
    int16_t* m_columns;
    int8_t* m_bytes;  ///< taps of one pixel before widening, where these are not whole words
    int32_t m_gap;    ///< words from a word of a pixel to its next
    int32_t m_run;    ///< bytes of a row of the window
    int32_t m_rowStep, m_fours;
    const int8_t* m_waiting[3] = {};
};

}  // namespace runtime
