// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Columns of the packed convolution with the DSP extension: the taps of a group of columnPixels()
// output pixels in 16 bits, as the tiles read them. Three pixels are widened at once, from the
// image where their channels are whole words and the window lies inside, from copies of their taps
// where channels are not whole words; other pixels are widened one by one, row by row.

#include "runtime/cortex_m/dsp/widen.h"
#include "runtime/cortex_m/im2col.h"

namespace runtime {

struct [[gnu::packed, gnu::may_alias]] LooseHalf {
    uint16_t value;
};

/// Copies words and what remains; writes nothing beyond.
inline void copyTaps(int8_t* to, const int8_t* from, int32_t count) {
    for (; count >= 4; count -= 4, to += 4, from += 4)
        storePiece(to, loadPiece(from));
    if ((count & 2) != 0) {
        reinterpret_cast<LooseHalf*>(to)->value = reinterpret_cast<const LooseHalf*>(from)->value;
        to += 2, from += 2;
    }
    if ((count & 1) != 0) *to = *from;
}

class ConvColumns {
public:
    ConvColumns(const PackedConvParams& p, const int8_t* input, int16_t* scratch)
        : m_params(p),
          m_input(input),
          m_columns(scratch),
          m_bytes(reinterpret_cast<int8_t*>(scratch + columnPixels(p.window) * p.depth)),
          m_gap(columnPixels(p.window)),
          m_run(p.window.filterWidth * p.window.inChannels),
          m_rowStep(p.window.dilationHeight * p.window.inWidth * p.window.inChannels),
          m_copies(p.window.inChannels % 4 != 0),
          m_rows(m_copies ? 1 : p.window.filterHeight),
          m_rowFours(m_copies ? p.depth / 4 : m_run / 4) {}

    /// A pixel whose taps all lie inside the image, the first at `from`, and are not dilated in a
    /// row.
    void takeWhole(int32_t place, const int8_t* from) {
        m_waiting[place] = m_copies ? copyRows(bytes(place), from) : from;
    }
    void takeAny(int32_t place, const Pixel& at) {
        m_waiting[place] = m_copies ? copyInside(bytes(place), at) : nullptr;
        if (!m_copies) widenRows(at, m_columns + 2 * place);
    }

    /// Widens what still waits of the first `count` pixels.
    void complete(int32_t count) const {
        const int8_t *x = m_waiting[0], *y = m_waiting[1], *z = m_waiting[2];
        if (count < 3 || x == nullptr || y == nullptr || z == nullptr) {
            for (int32_t place = 0; place < count; ++place)
                if (m_waiting[place] != nullptr) completeOne(place);
            return;
        }
        int16_t* to = m_columns;
        for (int32_t rows = m_rows; rows > 0; --rows) {
            to = widenThree(x, y, z, m_rowFours, to);
            x += m_rowStep, y += m_rowStep, z += m_rowStep;
        }
    }

private:
    int8_t* bytes(int32_t place) const { return m_bytes + place * m_params.depth; }

    [[gnu::noinline]] void completeOne(int32_t place) const {
        const int8_t* from = m_waiting[place];
        int16_t* to = m_columns + 2 * place;
        for (int32_t rows = m_rows; rows > 0; --rows, from += m_rowStep)
            to = widen(from, m_rowFours, to, m_gap);
    }

    /// Copies words, of which the last of a row may write up to three bytes too many. Returns `to`.
    int8_t* copyRows(int8_t* const to, const int8_t* from) const {
        const int32_t run = m_run, skip = m_rowStep - (run + 3) / 4 * 4;
        int8_t* next = to;
        for (int32_t rows = m_params.window.filterHeight; rows > 0; --rows, from += skip) {
            int8_t* piece = next;
            next += run;
            do {
                storePiece(piece, loadPiece(from));
                piece += kPieceBytes, from += kPieceBytes;
            } while (piece < next);
        }
        return to;
    }

    /// Copies the taps inside the image into a column of padding. Returns `to`.
    [[gnu::noinline]] int8_t* copyInside(int8_t* const to, const Pixel& at) const {
        const Window w = m_params.window;
        fillPieces(to, m_params.padding, m_params.depth);
        const int32_t taps = at.x.end - at.x.begin;
        if (taps <= 0 || at.y.begin >= at.y.end) return to;
        const int8_t* from = m_input + inputIndex(w, at, at.y.begin, at.x.begin);
        int8_t* row = to + (at.y.begin * w.filterWidth + at.x.begin) * w.inChannels;
        const int32_t step = w.dilationWidth * w.inChannels;
        for (int32_t y = at.y.begin; y < at.y.end; ++y, from += m_rowStep, row += m_run) {
            if (w.dilationWidth == 1) {
                copyTaps(row, from, taps * w.inChannels);
                continue;
            }
            for (int32_t tap = 0; tap < taps; ++tap)
                copyTaps(row + tap * w.inChannels, from + tap * step, w.inChannels);
        }
        return to;
    }

    /// Pixels of whole words, directly from the image.
    [[gnu::noinline]] void widenRows(const Pixel& at, int16_t* to) const {
        const Window w = m_params.window;
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
                to = widen(from, taps * fours, to, m_gap);
            } else {
                for (int32_t tap = 0; tap < taps; ++tap, from += w.dilationWidth * w.inChannels)
                    to = widen(from, fours, to, m_gap);
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
    int8_t* m_bytes;     ///< copied taps of each pixel
    int32_t m_gap;       ///< words from a word of a pixel to its next
    int32_t m_run;       ///< bytes of a row of the window
    int32_t m_rowStep;   ///< bytes to its next row
    bool m_copies;       ///< channels are not whole words
    int32_t m_rows;      ///< of the image or of the copy
    int32_t m_rowFours;  ///< words of each
    const int8_t* m_waiting[3] = {};
};

}  // namespace runtime
