// SPDX-License-Identifier: GPL-3.0-or-later
// Our own runtime on cores with vectors, for 8-bit layers: convolutions multiply two pixels by four
// channels over sixteen columns, depthwise layers take sixteen channels at a time. Weights are
// padded to whole vectors. Pixels whose window lies inside the image are cheap to address.
//
// Source: engine/runtime/cortex_m/mve (columns_mve.h, dot_mve.h, sliding_taps.h, window_walk.h).

#include <algorithm>

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

int64_t upwards(int64_t count, int64_t step) {
    return (count + step - 1) / step;
}

/// Output positions, and those whose window lies inside the image.
struct PixelWalk {
    explicit PixelWalk(const Workload& w)
        : rows(w.batch * w.outHeight),
          pixels(w.pixels()),
          wholeRows(w.batch * std::max<int64_t>(0, w.outHeight - w.clippedRows)),
          wholeColumns(std::max<int64_t>(0, w.outWidth - w.clippedColumns)),
          whole(wholeRows * wholeColumns),
          clipped(pixels - whole) {}

    void addTo(KernelTerms& t) const {
        t.add("row", static_cast<double>(rows));
        t.add("pixel", static_cast<double>(pixels));
        t.add("clipped pixel", static_cast<double>(clipped));
    }

    int64_t rows, pixels, wholeRows, wholeColumns, whole, clipped;
};

/// Pairs of pixels, and a last one, times blocks of four channels, over `steps` vectors. An even
/// number of steps runs two per round.
void addVectorDots(KernelTerms& t, const Workload& w, int64_t steps) {
    const int64_t pairs = w.pixels() / 2, last = w.pixels() % 2, blocks = upwards(w.outChannels, 4);
    const double pairBlocks = static_cast<double>(pairs * blocks);
    const double lastBlocks = static_cast<double>(last * blocks);
    const bool rest = w.outChannels % 4 != 0, signs = !w.rectified;
    t.add("pixel pair", static_cast<double>(pairs));
    t.add("pixel pair, rest of channels", rest ? static_cast<double>(pairs) : 0);
    t.add("block", pairBlocks);
    t.add("block, step", pairBlocks * static_cast<double>(steps));
    t.add("block, step of odd ones", steps % 2 != 0 ? pairBlocks * static_cast<double>(steps) : 0);
    t.add("block of either sign", signs ? pairBlocks : 0);
    t.add("last pixel", static_cast<double>(last));
    t.add("last pixel, rest of channels", rest ? static_cast<double>(last) : 0);
    t.add("last pixel, block", lastBlocks);
    t.add("last pixel, block, step", lastBlocks * static_cast<double>(steps));
    t.add("last pixel, block of either sign", signs ? lastBlocks : 0);
}

/// Copies the taps of a pixel row by row unless they are contiguous in the image; first fills with
/// padding where some lie outside. Rows of several dilated taps are copied tap by tap.
KernelTerms vectorWindow(TermName path, const Workload& w) {
    KernelTerms t{path};
    const PixelWalk walk(w);
    const bool runs = w.dilationWidth == 1 || w.kernelWidth == 1;
    const int64_t vectors = upwards(w.kernelWidth * w.inChannels, 16);
    const int64_t steps = upwards(w.taps() * w.inChannels, 16);
    const int64_t wholeRows = !runs || w.kernelHeight == 1 ? 0 : walk.whole * w.kernelHeight;
    const int64_t filled = runs ? walk.clipped : walk.pixels;
    const int64_t validRows = w.batch * w.validRows * std::min(w.outWidth, w.validColumns);
    const int64_t partRows = validRows - (runs ? walk.whole * w.kernelHeight : 0);
    const int64_t partTaps = w.validTaps() - (runs ? walk.whole * w.taps() : 0);
    t.add("call", 1);
    walk.addTo(t);
    t.add("copied row", static_cast<double>(wholeRows));
    t.add("copied row, vector", static_cast<double>(wholeRows * vectors));
    t.add("filled pixel", static_cast<double>(filled));
    t.add("filled vector", static_cast<double>(filled * steps));
    t.add("part of row", static_cast<double>(partRows));
    t.add("part of row, vector", runs ? static_cast<double>(partTaps * w.inChannels) / 16 : 0);
    t.add("dilated tap", runs ? 0 : static_cast<double>(partTaps));
    t.add("dilated tap, vector",
          runs ? 0 : static_cast<double>(partTaps * upwards(w.inChannels, 16)));
    addVectorDots(t, w, steps);
    return t;
}

KernelTerms vectorMatrix(TermName path, const Workload& w) {
    KernelTerms t{path};
    t.add("call", 1);
    addVectorDots(t, w, upwards(w.inChannels, 16));
    return t;
}

/// Addresses of the taps: moved by one step between pixels inside the image, else written one by
/// one. Then blocks of channels over two taps at a time.
KernelTerms vectorDepthwise(const Workload& w) {
    KernelTerms t{"DEPTHWISE_CONV_2D/packed"};
    const PixelWalk walk(w);
    const int64_t first = walk.wholeColumns > 0 ? walk.wholeRows : 0, slid = walk.whole - first;
    const int64_t blocks = walk.pixels * upwards(w.outChannels, 16);
    const int64_t inside = w.validTaps() - walk.whole * w.taps();
    t.add("call", 1);
    walk.addTo(t);
    t.add("slid pixel, vector", static_cast<double>(slid * upwards(w.taps(), 4)));
    t.add("written pixel", static_cast<double>(first));
    t.add("written row", static_cast<double>(first * w.kernelHeight));
    t.add("written tap", static_cast<double>(first * w.taps()));
    t.add("part of row", static_cast<double>(walk.clipped * w.kernelHeight));
    t.add("tap", static_cast<double>(inside));
    t.add("tap in padding", static_cast<double>(walk.clipped * w.taps() - inside));
    t.add("block", static_cast<double>(blocks));
    t.add("block, 2 taps", static_cast<double>(blocks * (w.taps() / 2)));
    t.add("block, odd tap", w.taps() % 2 != 0 ? static_cast<double>(blocks) : 0);
    t.add("block of either sign", w.rectified ? 0 : static_cast<double>(blocks));
    t.add("pixel with rest", w.outChannels % 16 != 0 ? static_cast<double>(walk.pixels) : 0);
    t.add("pixel with whole blocks", w.outChannels >= 16 ? static_cast<double>(walk.pixels) : 0);
    return t;
}

}  // namespace

KernelTerms netcaliperVectorConvolution(const Workload& w) {
    const bool strided = w.strideHeight > 1 || w.strideWidth > 1;
    if (isPointwise(w) && !strided) return vectorMatrix("CONV_2D/1x1", w);
    return vectorWindow("CONV_2D/im2col", w);
}

// A depthwise layer with one input channel is a convolution with another order of weights.
KernelTerms netcaliperVectorDepthwise(const Workload& w) {
    if (w.inChannels == w.outChannels) return vectorDepthwise(w);
    return vectorWindow("DEPTHWISE_CONV_2D/as-convolution", w);
}

KernelTerms netcaliperVectorFullyConnected(const Workload& w) {
    return vectorMatrix("FULLY_CONNECTED/packed", w);
}

}  // namespace cost
