// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// im2col: gathers the taps of one output pixel into contiguous memory (a column) and fills in the
// padding, as the packed convolutions of both instruction sets read them.

#include "runtime/cortex_m/loose_word.h"
#include "runtime/cortex_m/packed_kernels.h"

#if defined(__ARM_FEATURE_MVE)
#include <arm_mve.h>
#endif

namespace runtime {

#if defined(__ARM_FEATURE_MVE)
/// Unit of copying.
using Piece = int8x16_t;
inline Piece loadPiece(const int8_t* from) {
    return vldrbq_s8(from);
}
inline void storePiece(int8_t* to, Piece piece) {
    vstrbq_s8(to, piece);
}
inline Piece pieceOf(int32_t code) {
    return vdupq_n_s8(static_cast<int8_t>(code));
}
#else
using Piece = uint32_t;
inline Piece loadPiece(const int8_t* from) {
    return looseWord(from);
}
inline void storePiece(int8_t* to, Piece piece) {
    reinterpret_cast<LooseWord*>(to)->value = piece;
}
inline Piece pieceOf(int32_t code) {
    return static_cast<uint8_t>(code) * 0x01010101u;
}
#endif
constexpr int32_t kPieceBytes = sizeof(Piece);

/// Copies whole pieces, so it may write up to one piece less a byte beyond the requested end; the
/// next copy overwrites that.
inline int8_t* copyPieces(int8_t* to, const int8_t* from, int32_t count) {
    int8_t* piece = to;
    for (int32_t left = count; left > 0; left -= kPieceBytes) {
        storePiece(piece, loadPiece(from));
        piece += kPieceBytes, from += kPieceBytes;
    }
    return to + count;
}

inline int8_t* fillPieces(int8_t* to, int32_t code, int32_t count) {
    const Piece filled = pieceOf(code);
    int8_t* piece = to;
    for (int32_t left = count; left > 0; left -= kPieceBytes, piece += kPieceBytes)
        storePiece(piece, filled);
    return to + count;
}

inline bool isWhole(const Window& w, const Pixel& at) {
    return at.y.begin == 0 && at.x.begin == 0 && at.y.end == w.filterHeight &&
           at.x.end == w.filterWidth;
}

/// Writes one row of the filter: the part inside the image, with padding on both sides. T: element
/// type of the image; for types wider than a byte the padding is zero.
template <typename T>
inline int8_t* gatherRow(const PackedConvParams& p, const Pixel& at, int32_t tapY, const T* input,
                         int8_t* to) {
    const Window& w = p.window;
    const int32_t pixelBytes = w.inChannels * static_cast<int32_t>(sizeof(T));
    if (tapY < at.y.begin || tapY >= at.y.end || at.x.begin >= at.x.end)
        return fillPieces(to, p.padding, w.filterWidth * pixelBytes);
    to = fillPieces(to, p.padding, at.x.begin * pixelBytes);
    auto* from = reinterpret_cast<const int8_t*>(input + inputIndex(w, at, tapY, at.x.begin));
    if (w.dilationWidth == 1) {
        to = copyPieces(to, from, (at.x.end - at.x.begin) * pixelBytes);
    } else {
        for (int32_t tap = at.x.begin; tap < at.x.end; ++tap, from += w.dilationWidth * pixelBytes)
            to = copyPieces(to, from, pixelBytes);
    }
    return fillPieces(to, p.padding, (w.filterWidth - at.x.end) * pixelBytes);
}

/// Address of a pixel's taps where they are contiguous in the image, so that no column is needed;
/// null elsewhere.
template <typename T>
inline const T* tapsInPlace(const PackedConvParams& p, const Pixel& at, const T* input) {
    const Window& w = p.window;
    const bool isRow = w.filterHeight == 1 && (w.filterWidth == 1 || w.dilationWidth == 1);
    return isRow && isWhole(w, at) ? input + inputIndex(w, at, 0, 0) : nullptr;
}

template <typename T>
inline void gather(const PackedConvParams& p, const Pixel& at, const T* input, T* columns) {
    auto* to = reinterpret_cast<int8_t*>(columns);
    for (int32_t tapY = 0; tapY < p.window.filterHeight; ++tapY)
        to = gatherRow(p, at, tapY, input, to);
}

/// Calls pair(taps, taps) for every two pixels in the order of the output, and one(taps) for a last
/// single one. Pointwise layers are read directly from the image; others are gathered into
/// `columns`, which hold two pixels.
template <typename T, typename Pair, typename One>
void forEachPair(const PackedConvParams& p, const T* input, T* columns, Pair pair, One one) {
    const Window& w = p.window;
    const T* waiting = nullptr;
    const auto visit = [&](const T* taps) {
        if (waiting != nullptr) pair(waiting, taps);
        waiting = waiting == nullptr ? taps : nullptr;
    };
    if (p.pointwise != 0) {
        for (int32_t left = w.batches * w.outHeight * w.outWidth; left > 0; --left) {
            visit(input);
            input += w.inChannels;
        }
    } else {
        forEachPixel(w, [&](const Pixel& at) {
            T* const to = waiting == nullptr ? columns : columns + p.depth;
            const T* taps = tapsInPlace(p, at, input);
            if (taps == nullptr) gather(p, at, input, to);
            visit(taps == nullptr ? to : taps);
        });
    }
    if (waiting != nullptr) one(waiting);
}

}  // namespace runtime
