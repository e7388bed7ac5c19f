// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Window: a filter that slides over height and width of an NHWC image; used by convolutions and
// pools. Lowering guarantees that the output has the size that stride and padding give, and that no
// position overflows 32 bits.

#include <stddef.h>
#include <stdint.h>

namespace runtime {

struct Window {
    int32_t batches = 0;
    int32_t inHeight = 0, inWidth = 0, inChannels = 0;
    int32_t outHeight = 0, outWidth = 0, outChannels = 0;
    int32_t filterHeight = 0, filterWidth = 0;
    int32_t strideHeight = 1, strideWidth = 1;
    int32_t dilationHeight = 1, dilationWidth = 1;
    int32_t padTop = 0, padLeft = 0;
};

/// Along one axis: the taps [begin, end) of the filter that lie inside the image, and the image
/// coordinate of tap 0 (negative in the padding).
struct Taps {
    int32_t begin, end, origin;
};

inline Taps tapsInside(int32_t out, int32_t stride, int32_t padding, int32_t dilation,
                       int32_t filter, int32_t size) {
    const int32_t origin = out * stride - padding;
    const int32_t begin = origin < 0 ? (-origin + dilation - 1) / dilation : 0;
    const int32_t room = size > origin ? (size - origin - 1) / dilation + 1 : 0;
    return {begin, filter < room ? filter : room, origin};
}

/// One output position: its taps inside the image, and the index of its results.
struct Pixel {
    Taps y, x;
    int32_t batch;
    size_t output;  ///< index of its first channel in the output
};

/// Calls visit(Pixel) for every output position, in the order of the output.
template <typename Visit>
void forEachPixel(const Window& w, Visit visit) {
    size_t output = 0;
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        for (int32_t row = 0; row < w.outHeight; ++row) {
            const Taps y = tapsInside(row, w.strideHeight, w.padTop, w.dilationHeight,
                                      w.filterHeight, w.inHeight);
            for (int32_t column = 0; column < w.outWidth; ++column) {
                const Taps x = tapsInside(column, w.strideWidth, w.padLeft, w.dilationWidth,
                                          w.filterWidth, w.inWidth);
                visit(Pixel{y, x, batch, output});
                output += static_cast<size_t>(w.outChannels);
            }
        }
    }
}

/// Index of channel 0 of the image element under tap (tapY, tapX).
inline size_t inputIndex(const Window& w, const Pixel& at, int32_t tapY, int32_t tapX) {
    const int32_t row = at.y.origin + tapY * w.dilationHeight;
    const int32_t column = at.x.origin + tapX * w.dilationWidth;
    return ((static_cast<size_t>(at.batch) * static_cast<size_t>(w.inHeight) +
             static_cast<size_t>(row)) *
                static_cast<size_t>(w.inWidth) +
            static_cast<size_t>(column)) *
           static_cast<size_t>(w.inChannels);
}

}  // namespace runtime
