// SPDX-License-Identifier: GPL-3.0-or-later
// CMSIS-NN on cores with vectors (MVE): 16 columns a step under a predicate, four rows at a time.

#include <algorithm>

#include "cost/window_terms.h"

namespace cost {
namespace {

int64_t vectors(int64_t columns) {
    return (columns + 15) / 16;
}

/// Four pixels at a time against each output channel; the last ones against four channels at a
/// time.
void addMatrixProduct(KernelTerms& t, double calls, int64_t pixels, int64_t channels,
                      int64_t columns) {
    const double steps = static_cast<double>(vectors(columns));
    const double blocks = calls * static_cast<double>(pixels / 4 * channels);
    const double last = calls * static_cast<double>(pixels % 4);
    const double quads = last * static_cast<double>(channels / 4);
    const double rest = last * static_cast<double>(channels % 4);
    t.add("product", calls);
    t.add("channel", calls * static_cast<double>(channels));
    t.add("4 pixels", calls * static_cast<double>(pixels / 4));
    t.add("block", blocks);
    t.add("block, 16 columns", blocks * steps);
    t.add("last pixel", last);
    t.add("last pixel, 4 channels", quads);
    t.add("last pixel, 4 channels, 16 columns", quads * steps);
    t.add("last pixel, 1 channel", rest);
    t.add("last pixel, 1 channel, 16 columns", rest * steps);
}

/// Copying the input of output pixels into one row each; `rows` kernel rows are entered.
void addGather(KernelTerms& t, double pixels, double rows, double valid, double padded,
               int64_t channels) {
    const double steps = static_cast<double>(vectors(channels));
    t.add("pixel", pixels);
    t.add("kernel row", rows);
    t.add("tap", valid);
    t.add("tap, 16 channels", valid * steps);
    t.add("tap in padding", padded);
    t.add("tap in padding, 16 channels", padded * steps);
}

void addGather(KernelTerms& t, const Workload& w) {
    addGather(t, static_cast<double>(w.pixels()), static_cast<double>(w.pixels() * w.kernelHeight),
              static_cast<double>(w.validTaps()),
              static_cast<double>(w.pixels() * w.taps() - w.validTaps()), w.inChannels);
}

/// One row of pixels needs no gathering where the window lies inside: neighbouring pixels are
/// rows of a matrix already. The clipped ones at the ends are gathered.
bool isRow(const Workload& w) {
    return w.inHeight == 1 && w.kernelHeight == 1 && w.dilationWidth == 1 &&
           w.strideWidth * w.inChannels % 4 == 0;
}

KernelTerms rowConvolution(const Workload& w) {
    KernelTerms t{"CONV_2D/1xN"};
    const int64_t clipped = std::min(w.outWidth, w.clippedColumns);
    const double taps = static_cast<double>(clipped * w.kernelWidth);
    const double outside = static_cast<double>(w.outWidth * w.kernelWidth - w.validColumns);
    t.add("call", 1);
    addGather(t, static_cast<double>(clipped), w.clippedColumns > 0, taps - outside, outside,
              w.inChannels);
    t.add("clipped, channel", static_cast<double>(clipped * w.outChannels));
    t.add("clipped, 16 columns",
          static_cast<double>(clipped * w.outChannels * vectors(w.kernelWidth * w.inChannels)));
    addMatrixProduct(t, static_cast<double>(w.batch), w.outWidth - clipped, w.outChannels,
                     w.kernelWidth * w.inChannels);
    return t;
}

/// Channels are worked on in blocks of this many, four pixels at a time.
constexpr int64_t kDepthwiseBlock = 124;

KernelTerms blockedDepthwise(const Workload& w) {
    KernelTerms t{"DEPTHWISE_CONV_2D/blocked"};
    const int64_t blocks = (w.inChannels + kDepthwiseBlock - 1) / kDepthwiseBlock;
    const double pixels = static_cast<double>(w.pixels());
    const double valid = static_cast<double>(w.validTaps());
    const double padded = pixels * static_cast<double>(w.taps()) - valid;
    const double steps = static_cast<double>(vectors(w.inChannels));
    const double quads = static_cast<double>((w.outChannels + 3) / 4);
    const double b = static_cast<double>(blocks), taps = static_cast<double>(w.taps());
    t.add("call", 1);
    t.add("block", b);
    t.add("pixel", b * pixels);
    t.add("kernel row", b * pixels * static_cast<double>(w.kernelHeight));
    t.add("tap", b * valid);
    t.add("tap, 16 channels", valid * steps);
    t.add("tap in padding", b * padded);
    t.add("tap in padding, 16 channels", padded * steps);
    const double groups = static_cast<double>(w.pixels() / 4);
    const double last = static_cast<double>(w.pixels() % 4);
    t.add("4 pixels", b * groups);
    t.add("4 pixels, 4 channels", groups * quads);
    t.add("4 pixels, 4 channels, tap", groups * quads * taps);
    t.add("last pixel", b * last);
    t.add("last pixel, 4 channels", last * quads);
    t.add("last pixel, 4 channels, tap", last * quads * taps);
    return t;
}

/// One input channel and more outputs than this: computed as a convolution, its weights
/// transposed first.
constexpr int64_t kDepthwiseToConvolution = 1;

KernelTerms gatheredConvolution(const Workload& w, const char* path) {
    KernelTerms t{path};
    t.add("call", 1);
    addGather(t, w);
    addMatrixProduct(t, 1, w.pixels(), w.outChannels, w.taps() * w.inChannels);
    t.add("weight", static_cast<double>(w.taps() * w.inChannels * w.outChannels));
    return t;
}

}  // namespace

KernelTerms mveConvolution(const Workload& w) {
    if (!isPointwise(w))
        return isRow(w) ? rowConvolution(w) : gatheredConvolution(w, "CONV_2D/im2col");
    KernelTerms t{"CONV_2D/1x1"};
    const bool strided = w.strideHeight > 1 || w.strideWidth > 1;
    t.add("call", 1);
    t.add("call, strided", strided ? 1 : 0);
    addMatrixProduct(t, strided ? static_cast<double>(w.batch * w.outHeight) : 1,
                     strided ? w.outWidth : w.pixels(), w.outChannels, w.inChannels);
    return t;
}

KernelTerms mveDepthwise(const Workload& w) {
    const bool dilated = w.dilationHeight > 1 || w.dilationWidth > 1;
    if (w.inChannels == 1 && w.outChannels > kDepthwiseToConvolution)
        return gatheredConvolution(w, "DEPTHWISE_CONV_2D/as-convolution");
    const int64_t multiplier = w.outChannels / std::max<int64_t>(1, w.inChannels);
    if (multiplier == 1 && w.batch == 1 && !dilated) return blockedDepthwise(w);
    if (multiplier % 4 == 0 && w.batch == 1 && !dilated)
        return depthwiseMultiplied(w, "DEPTHWISE_CONV_2D/multiplier-4", 4);
    return depthwiseMultiplied(w, "DEPTHWISE_CONV_2D/multiplier", 1);
}

KernelTerms mveFullyConnected(const Workload& w) {
    KernelTerms t{"FULLY_CONNECTED"};
    const double batch = static_cast<double>(w.batch);
    const double quads = batch * static_cast<double>(w.outChannels / 4);
    const double rest = batch * static_cast<double>(w.outChannels % 4);
    const double steps = static_cast<double>(vectors(w.inChannels));
    t.add("call", 1);
    t.add("batch", batch);
    t.add("batch with quads", quads > 0 ? batch : 0);
    t.add("batch with rest", rest > 0 ? batch : 0);
    t.add("channel quad", quads);
    t.add("channel quad, 16 columns", quads * steps);
    t.add("last channel", rest);
    t.add("last channel, 16 columns", rest * steps);
    t.add("call, per channel", w.perChannel ? 1 : 0);
    t.add("channel, per channel", w.perChannel ? static_cast<double>(w.outputs) : 0);
    return t;
}

}  // namespace cost
