// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/rules/window.h"

#include <algorithm>

#include "analysis/shapes.h"

namespace learning {

Window windowOf(const types::WindowOptions& options, const types::Shape& input, int32_t height,
                int32_t width) {
    Window w{.images = input[0],
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

Window Window::reversed(int32_t outChannels) const {
    Window w = *this;
    w.channels = outChannels;
    w.inHeight = outHeight, w.inWidth = outWidth;
    w.outHeight = inHeight, w.outWidth = inWidth;
    w.top = (height - 1) * dilationHeight - top;
    w.left = (width - 1) * dilationWidth - left;
    return w;
}

void padImages(const Window& window, const float* images, float* padded) {
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

void gatherPatches(const Window& window, int32_t groups, const float* images, float* patches) {
    const auto channels = static_cast<size_t>(window.channels / groups);
    const size_t patch = static_cast<size_t>(window.taps() * window.channels);
    for (int32_t p = 0; p < window.positions(); ++p, patches += patch) {
        std::fill_n(patches, patch, 0.0f);
        window.forEachTap(p, [&](int32_t tap, size_t from) {
            for (int32_t g = 0; g < groups; ++g)
                std::copy_n(images + from + static_cast<size_t>(g) * channels, channels,
                            patches + static_cast<size_t>(g * window.taps() + tap) * channels);
        });
    }
}

void scatterPatches(const Window& window, int32_t groups, const float* patches, float* images) {
    const auto channels = static_cast<size_t>(window.channels / groups);
    const size_t patch = static_cast<size_t>(window.taps() * window.channels);
    for (int32_t p = 0; p < window.positions(); ++p, patches += patch)
        window.forEachTap(p, [&](int32_t tap, size_t to) {
            for (int32_t g = 0; g < groups; ++g) {
                const float* from =
                    patches + static_cast<size_t>(g * window.taps() + tap) * channels;
                float* image = images + to + static_cast<size_t>(g) * channels;
                for (size_t c = 0; c < channels; ++c)
                    image[c] += from[c];
            }
        });
}

}  // namespace learning
