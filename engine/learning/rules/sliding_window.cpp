// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/rules/sliding_window.h"

#include <algorithm>

#include "analysis/shapes.h"

namespace learning {

SlidingWindow windowOf(const types::WindowOptions& options, const types::Shape& input,
                       int32_t height, int32_t width) {
    SlidingWindow w{.images = input[0],
                    .inHeight = input[1],
                    .inWidth = input[2],
                    .channels = input[3],
                    .height = height,
                    .width = width,
                    .strideHeight = options.strideHeight,
                    .strideWidth = options.strideWidth,
                    .dilationHeight = options.dilationHeight,
                    .dilationWidth = options.dilationWidth};
    const auto rows = analysis::windowExtent(options.padding, w.inHeight, height, w.strideHeight,
                                             w.dilationHeight);
    const auto columns =
        analysis::windowExtent(options.padding, w.inWidth, width, w.strideWidth, w.dilationWidth);
    w.outHeight = rows.output, w.outWidth = columns.output;
    w.top = rows.paddingBefore, w.left = columns.paddingBefore;
    return w;
}

SlidingWindow SlidingWindow::reversed(int32_t outChannels) const {
    SlidingWindow w = *this;
    w.channels = outChannels;
    w.inHeight = outHeight, w.inWidth = outWidth;
    w.outHeight = inHeight, w.outWidth = inWidth;
    w.top = (height - 1) * dilationHeight - top;
    w.left = (width - 1) * dilationWidth - left;
    return w;
}

void padImages(const SlidingWindow& window, const float* images, float* padded) {
    const auto channels = static_cast<size_t>(window.channels);
    const size_t row = static_cast<size_t>(window.inWidth) * channels;
    const size_t paddedRow = static_cast<size_t>(window.paddedWidth()) * channels;
    const size_t left = static_cast<size_t>(window.left) * channels;
    for (int32_t image = 0; image < window.images; ++image)
        for (int32_t y = 0; y < window.paddedHeight(); ++y, padded += paddedRow) {
            const bool inside = y >= window.top && y < window.top + window.inHeight;
            if (!inside) {
                std::fill_n(padded, paddedRow, 0.0f);
                continue;
            }
            std::fill_n(padded, left, 0.0f);
            std::copy_n(images, row, padded + left);
            std::fill_n(padded + left + row, paddedRow - left - row, 0.0f);
            images += row;
        }
}

namespace {

/// Calls visit(first input, first element of the patch, count) for runs of inputs of the patch at
/// `position`: without groups and dilation, a row of the window is one run.
template <typename Visit>
void forEachRun(const SlidingWindow& w, int32_t groups, int32_t position, Visit visit) {
    const auto channels = static_cast<size_t>(w.channels / groups);
    if (groups > 1 || w.dilationWidth > 1) {
        w.forEachTap(position, [&](int32_t tap, size_t input) {
            for (int32_t g = 0; g < groups; ++g)
                visit(input + static_cast<size_t>(g) * channels,
                      static_cast<size_t>(g * w.taps() + tap) * channels, channels);
        });
        return;
    }
    const int32_t y = position / w.outWidth % w.outHeight * w.strideHeight - w.top;
    const int32_t x = position % w.outWidth * w.strideWidth - w.left;
    const int32_t image = position / (w.outWidth * w.outHeight) * w.inHeight;
    const int32_t first = std::max(-x, 0), end = std::min(w.width, w.inWidth - x);
    for (int32_t row = 0; row < w.height && first < end; ++row) {
        const int32_t at = y + row * w.dilationHeight;
        if (at < 0 || at >= w.inHeight) continue;
        visit(static_cast<size_t>((image + at) * w.inWidth + x + first) * channels,
              static_cast<size_t>(row * w.width + first) * channels,
              static_cast<size_t>(end - first) * channels);
    }
}

}  // namespace

void gatherPatches(const SlidingWindow& window, int32_t groups, const float* images,
                   float* patches) {
    const size_t patch = static_cast<size_t>(window.taps() * window.channels);
    for (int32_t p = 0; p < window.positions(); ++p, patches += patch) {
        std::fill_n(patches, patch, 0.0f);
        forEachRun(window, groups, p, [&](size_t from, size_t to, size_t count) {
            for (size_t i = 0; i < count; ++i)
                patches[to + i] = images[from + i];
        });
    }
}

void scatterPatches(const SlidingWindow& window, int32_t groups, const float* patches,
                    float* images) {
    const size_t patch = static_cast<size_t>(window.taps() * window.channels);
    for (int32_t p = 0; p < window.positions(); ++p, patches += patch)
        forEachRun(window, groups, p, [&](size_t to, size_t from, size_t count) {
            for (size_t i = 0; i < count; ++i)
                images[to + i] += patches[from + i];
        });
}

}  // namespace learning
