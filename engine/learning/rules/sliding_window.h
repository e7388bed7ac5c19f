// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SlidingWindow: the geometry of an operator whose window slides over images, and the patches that
// it reads: one row per output position, with rows, columns and channels of the window in order.

#include <optional>

#include "types/graph.h"

namespace learning {

struct SlidingWindow {
    int32_t images = 1;  ///< of one sample
    int32_t inHeight = 1, inWidth = 1, channels = 1;
    int32_t outHeight = 1, outWidth = 1;
    int32_t height = 1, width = 1;
    int32_t strideHeight = 1, strideWidth = 1;
    int32_t dilationHeight = 1, dilationWidth = 1;
    int32_t top = 0, left = 0;  ///< padding before

    int32_t taps() const { return height * width; }
    int32_t positions() const { return images * outHeight * outWidth; }
    size_t inFloats() const { return floats(images * inHeight * inWidth); }
    /// Extent of the image with all padding that windows read.
    int32_t paddedHeight() const {
        return std::max(top + inHeight,
                        (outHeight - 1) * strideHeight + (height - 1) * dilationHeight + 1);
    }
    int32_t paddedWidth() const {
        return std::max(left + inWidth,
                        (outWidth - 1) * strideWidth + (width - 1) * dilationWidth + 1);
    }
    bool pads() const { return paddedHeight() > inHeight || paddedWidth() > inWidth; }
    size_t paddedFloats() const { return floats(images * paddedHeight() * paddedWidth()); }
    /// The window of the gradient of the input, for strides of 1: it slides over the gradient of
    /// the output, which has `outChannels` channels.
    SlidingWindow reversed(int32_t outChannels) const;

    /// Calls visit(tap, index of its first input) for the taps of a position of one sample that lie
    /// inside the image.
    template <typename Visit>
    void forEachTap(int32_t position, Visit visit) const {
        const int32_t y = position / outWidth % outHeight * strideHeight - top;
        const int32_t x = position % outWidth * strideWidth - left;
        const int32_t image = position / (outWidth * outHeight) * inHeight;
        for (int32_t tap = 0; tap < taps(); ++tap) {
            const int32_t row = y + tap / width * dilationHeight;
            const int32_t column = x + tap % width * dilationWidth;
            if (row >= 0 && row < inHeight && column >= 0 && column < inWidth)
                visit(tap, floats((image + row) * inWidth + column));
        }
    }

private:
    size_t floats(int32_t pixels) const {
        return static_cast<size_t>(pixels) * static_cast<size_t>(channels);
    }
};

/// Geometry of an operator with WindowOptions over the image `input`, with a window of this size.
SlidingWindow windowOf(const types::WindowOptions& options, const types::Shape& input,
                       int32_t height, int32_t width);

/// Copies the images of one sample into padded images, zeros around them.
void padImages(const SlidingWindow& window, const float* images, float* padded);

/// Writes the patches of one sample; groups of channels one after another in each patch. Taps
/// outside the image are 0.
void gatherPatches(const SlidingWindow& window, int32_t groups, const float* images,
                   float* patches);
/// Adds patches to the images: the transpose of gatherPatches().
void scatterPatches(const SlidingWindow& window, int32_t groups, const float* patches,
                    float* images);

}  // namespace learning
