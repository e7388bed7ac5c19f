// SPDX-License-Identifier: GPL-3.0-or-later
// WindowWalk against forEachPixel(), on all small windows.
#include "runtime/cortex_m/mve/window_walk.h"

#include <gtest/gtest.h>

namespace {

using runtime::Taps;
using runtime::Window;

Taps shortened(Taps taps) {
    if (taps.end < taps.begin) taps.end = taps.begin;
    return taps;
}

void expectSame(const Taps& walked, const Taps& expected) {
    const Taps a = shortened(walked), b = shortened(expected);
    EXPECT_EQ(a.begin, b.begin);
    EXPECT_EQ(a.end, b.end);
    EXPECT_EQ(a.origin, b.origin);
}

bool isWhole(const Taps& taps, int32_t filter) {
    return taps.begin == 0 && taps.end == filter;
}

void expectSameWalk(const Window& w) {
    runtime::WindowWalk walk(w);
    bool wasWhole = false;
    size_t position = 0;
    forEachPixel(w, [&](const runtime::Pixel& at) {
        const bool whole = isWhole(at.x, w.filterWidth) && isWhole(at.y, w.filterHeight);
        const bool isFirst = position++ % static_cast<size_t>(w.outWidth) == 0;
        expectSame(walk.rows(), at.y);
        expectSame(walk.columns(), at.x);
        EXPECT_EQ(walk.isWhole(), whole);
        EXPECT_EQ(walk.isNextWhole(), whole && wasWhole && !isFirst);
        EXPECT_EQ(walk.origin(), static_cast<int32_t>(inputIndex(w, at, 0, 0)));
        wasWhole = whole;
        walk.advance();
    });
}

/// Calls visit with all combinations of input size, filter, stride, dilation and padding of an
/// axis.
template <typename Visit>
void forEachAxis(Visit visit) {
    for (int32_t in = 1; in <= 6; ++in)
        for (int32_t filter = 1; filter <= 4; ++filter)
            for (int32_t stride = 1; stride <= 3; ++stride)
                for (int32_t dilation = 1; dilation <= 2; ++dilation)
                    for (int32_t padding = 0; padding < filter; ++padding)
                        visit(in, filter, stride, dilation, padding);
}

TEST(WindowWalk, EqualsTheVisitOfAllPixels) {
    forEachAxis([](int32_t in, int32_t filter, int32_t stride, int32_t dilation, int32_t padding) {
        Window w;
        w.batches = 2;
        w.inHeight = 4, w.inWidth = in, w.inChannels = 3;
        w.outHeight = 3, w.outWidth = (in + padding) / stride + 1, w.outChannels = 3;
        w.filterHeight = 2, w.filterWidth = filter;
        w.strideWidth = stride, w.dilationWidth = dilation;
        w.padTop = 1, w.padLeft = padding;
        expectSameWalk(w);
    });
}

}  // namespace
