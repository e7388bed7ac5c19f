// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PaddedImage: layout of a convolution's input in the workspace: the rows and columns that any
// window reads, including the padding, so that inner loops need no border checks. Without padding
// it is the input itself.

#include "runtime/kernels/window.h"

namespace runtime {

struct PaddedImage {
    int32_t rows = 0, columns = 0, channels = 0;

    explicit PaddedImage(const Window& w)
        : rows((w.outHeight - 1) * w.strideHeight + (w.filterHeight - 1) * w.dilationHeight + 1),
          columns((w.outWidth - 1) * w.strideWidth + (w.filterWidth - 1) * w.dilationWidth + 1),
          channels(w.inChannels) {
        if (w.padTop > 0 || w.padLeft > 0 || rows > w.inHeight || columns > w.inWidth) return;
        rows = w.inHeight;
        columns = w.inWidth;
    }

    size_t rowElements() const {
        return static_cast<size_t>(columns) * static_cast<size_t>(channels);
    }
    size_t elements() const { return static_cast<size_t>(rows) * rowElements(); }
    /// Extreme windows reach far beyond their input; the plain kernels serve them.
    bool isModest() const {
        constexpr size_t kMaxElements = size_t{1} << 26;
        return rowElements() <= kMaxElements && elements() <= kMaxElements;
    }
    /// True where the image is the input itself.
    bool isInput(const Window& w) const {
        return rows == w.inHeight && columns == w.inWidth && w.padTop == 0 && w.padLeft == 0;
    }
};

/// True for windows that the fast kernels serve: not empty, of moderate size.
inline bool isServed(const Window& w) {
    return w.batches > 0 && w.outHeight > 0 && w.outWidth > 0 && w.outChannels > 0 &&
           w.inChannels > 0 && w.filterHeight > 0 && w.filterWidth > 0 && PaddedImage(w).isModest();
}

/// TRANSPOSE_CONV as a convolution with the filter reversed: the input pixels lie `stepY` and
/// `stepX` apart in an image of zeros, the first at (top, left).
struct Stuffing {
    int32_t stepY = 0, stepX = 0;  ///< 0: an ordinary convolution
    int32_t top = 0, left = 0;
    int32_t height = 0, width = 0;  ///< of the input

    Stuffing() = default;
    /// From the window of a TRANSPOSE_CONV.
    explicit Stuffing(const Window& w)
        : stepY(w.strideHeight),
          stepX(w.strideWidth),
          top(w.filterHeight - 1 - w.padTop),
          left(w.filterWidth - 1 - w.padLeft),
          height(w.inHeight),
          width(w.inWidth) {}

    bool any() const { return stepY > 0; }
    bool isServed() const { return top >= 0 && left >= 0; }

    /// Calls visit(input pixel, image pixel) for every input pixel that any window reads.
    template <typename Visit>
    void forEachPixel(const PaddedImage& image, Visit visit) const {
        for (int32_t y = 0; y < height && top + y * stepY < image.rows; ++y)
            for (int32_t x = 0; x < width && left + x * stepX < image.columns; ++x)
                visit(static_cast<size_t>(y * width + x),
                      static_cast<size_t>(top + y * stepY) * static_cast<size_t>(image.columns) +
                          static_cast<size_t>(left + x * stepX));
    }
};

/// Window of the convolution over the stuffed image.
inline Window stuffedWindow(Window w) {
    w.inHeight = w.outHeight + w.filterHeight - 1;
    w.inWidth = w.outWidth + w.filterWidth - 1;
    w.strideHeight = w.strideWidth = w.dilationHeight = w.dilationWidth = 1;
    w.padTop = w.padLeft = 0;
    return w;
}

/// Converts an image of one column to a row, which has the same memory layout: kernels work along
/// rows.
inline Window alongRow(Window w) {
    if (w.inWidth != 1 || w.outWidth != 1 || w.filterWidth != 1 || w.padLeft != 0) return w;
    const Window column = w;
    w.inWidth = column.inHeight;
    w.outWidth = column.outHeight;
    w.filterWidth = column.filterHeight;
    w.strideWidth = column.strideHeight;
    w.dilationWidth = column.dilationHeight;
    w.padLeft = column.padTop;
    w.inHeight = w.outHeight = w.filterHeight = w.strideHeight = w.dilationHeight = 1;
    w.padTop = 0;
    return w;
}

/// A dense layer as a 1x1 convolution with one position per row.
inline Window denseWindow(int32_t rows, int32_t depth, int32_t outputs) {
    Window w;
    w.batches = w.inHeight = w.outHeight = w.filterHeight = w.filterWidth = 1;
    w.inWidth = w.outWidth = rows;
    w.inChannels = depth;
    w.outChannels = outputs;
    return w;
}

/// The input elements [begin, begin + count) on one axis of the image, preceded by `before` and
/// followed by `after` elements of padding.
struct ImageSpan {
    int32_t before, begin, count, after;

    ImageSpan(int32_t size, int32_t padding, int32_t input)
        : before(padding < size ? padding : size), begin(0) {
        const int32_t room = size - before;
        count = input < room ? input : room;
        after = room - count;
    }
};

}  // namespace runtime
