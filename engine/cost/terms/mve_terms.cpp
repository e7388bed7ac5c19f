// SPDX-License-Identifier: GPL-3.0-or-later
// CMSIS-NN on cores with vectors (MVE): 16 predicated columns per step, four rows at a time.

#include <algorithm>

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

int64_t vectors(int64_t columns) {
    return (columns + 15) / 16;
}

/// Output pixels of matrix products, as the kernel splits them.
struct Pixels {
    double products = 0;  ///< number of kernel calls
    double quads = 0;     ///< groups of four pixels, one output channel at a time
    double last = 0;      ///< remaining pixels, four channels at a time

    void add(double calls, int64_t pixels) {
        products += calls;
        quads += calls * static_cast<double>(pixels / 4);
        last += calls * static_cast<double>(pixels % 4);
    }
};

Pixels pixelsOf(double calls, int64_t pixels) {
    Pixels all;
    all.add(calls, pixels);
    return all;
}

void addMatrixProduct(KernelTerms& t, const Pixels& pixels, int64_t channels, int64_t columns) {
    const double steps = static_cast<double>(vectors(columns));
    const double blocks = pixels.quads * static_cast<double>(channels);
    const double quads = pixels.last * static_cast<double>(channels / 4);
    const double rest = pixels.last * static_cast<double>(channels % 4);
    t.add("product", pixels.products);
    t.add("channel", pixels.products * static_cast<double>(channels));
    t.add("4 pixels", pixels.quads);
    t.add("block", blocks);
    t.add("block, 16 columns", blocks * steps);
    t.add("last pixel", pixels.last);
    t.add("last pixel, 4 channels", quads);
    t.add("last pixel, 4 channels, 16 columns", quads * steps);
    t.add("last pixel, 1 channel", rest);
    t.add("last pixel, 1 channel, 16 columns", rest * steps);
}

/// Copies the input of each output pixel to one row.
void addMveGather(KernelTerms& t, const Workload& w) {
    const double steps = static_cast<double>(vectors(w.inChannels));
    const double valid = static_cast<double>(w.validTaps());
    const double padded = static_cast<double>(w.pixels() * w.taps() - w.validTaps());
    t.add("pixel", static_cast<double>(w.pixels()));
    t.add("kernel row", static_cast<double>(w.pixels() * w.kernelHeight));
    t.add("tap", valid);
    t.add("tap, 16 channels", valid * steps);
    t.add("tap in padding", padded);
    t.add("tap in padding, 16 channels", padded * steps);
}

/// Parts of a single row of pixels: those whose window extends over the start, over the end, and
/// the ones between, which need no gathering because neighbouring windows already form the rows of
/// a matrix.
struct RowCut {
    int64_t left = 0, between = 0, right = 0;
    int64_t padLeft = 0, padRight = 0;  ///< padding pixels cleared beside the gathered ones
};

RowCut cutOf(const Workload& w) {
    const auto windows = [&w](int64_t padding) {
        return padding > 0 ? std::max<int64_t>(1, (padding + w.strideWidth - 1) / w.strideWidth)
                           : 0;
    };
    const int64_t reach = (w.outWidth - 1) * w.strideWidth + w.kernelWidth;
    const int64_t uneven = (reach - w.inWidth) % 2;
    RowCut cut;
    cut.left = windows(w.padLeft);
    cut.right = windows(w.padLeft + uneven);
    cut.between = std::max<int64_t>(0, w.outWidth - cut.left - cut.right);
    cut.padLeft = w.padLeft;
    cut.padRight = uneven ? cut.right : w.padLeft;
    return cut;
}

/// Rows too short to be split are gathered like any other input.
bool isRow(const Workload& w) {
    if (w.inHeight != 1 || w.kernelHeight != 1 || w.dilationWidth != 1) return false;
    const RowCut cut = cutOf(w);
    return w.strideWidth * w.inChannels % 4 == 0 &&
           cut.left + cut.between + cut.right == w.outWidth;
}

KernelTerms rowConvolution(const Workload& w) {
    KernelTerms t{"CONV_2D/1xN"};
    const RowCut cut = cutOf(w);
    const double batch = static_cast<double>(w.batch);
    t.add("call", 1);
    t.add("row", batch);
    t.add("gathered, 16 bytes",
          batch * static_cast<double>(vectors(cut.padLeft * w.inChannels) +
                                      vectors(w.kernelWidth * w.inChannels) +
                                      vectors((w.kernelWidth - 1) * w.inChannels) +
                                      vectors(cut.padRight * w.inChannels)));
    Pixels pixels;
    for (const int64_t part : {cut.left, cut.between, cut.right})
        if (part > 0) pixels.add(batch, part);
    addMatrixProduct(t, pixels, w.outChannels, w.kernelWidth * w.inChannels);
    t.add("output with bias", outputsWithBias(w));
    return t;
}

/// Number of channels per block; a block computes four pixels at a time.
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

/// With one input channel and more outputs than this, the layer is computed as a convolution after
/// transposing its weights.
constexpr int64_t kDepthwiseToConvolution = 1;

KernelTerms gatheredConvolutionMve(const Workload& w, TermName path) {
    KernelTerms t{path};
    t.add("call", 1);
    addMveGather(t, w);
    addMatrixProduct(t, pixelsOf(1, w.pixels()), w.outChannels, w.taps() * w.inChannels);
    t.add("weight", static_cast<double>(w.taps() * w.inChannels * w.outChannels));
    t.add("output with bias", outputsWithBias(w));
    return t;
}

}  // namespace

KernelTerms mveConvolution(const Workload& w) {
    if (w.type == types::DataType::Int16) return mveConvolution16(w);
    if (!isPointwise(w))
        return isRow(w) ? rowConvolution(w) : gatheredConvolutionMve(w, "CONV_2D/im2col");
    KernelTerms t{"CONV_2D/1x1"};
    const bool strided = w.strideHeight > 1 || w.strideWidth > 1;
    t.add("call", 1);
    t.add("call, strided", strided ? 1 : 0);
    // With a stride, each output row is a separate product.
    const Pixels pixels = strided ? pixelsOf(static_cast<double>(w.batch * w.outHeight), w.outWidth)
                                  : pixelsOf(1, w.pixels());
    addMatrixProduct(t, pixels, w.outChannels, w.inChannels);
    t.add("output with bias", outputsWithBias(w));
    return t;
}

KernelTerms mveDepthwise(const Workload& w) {
    const bool dilated = w.dilationHeight > 1 || w.dilationWidth > 1;
    if (w.inChannels == 1 && w.outChannels > kDepthwiseToConvolution)
        return gatheredConvolutionMve(w, "DEPTHWISE_CONV_2D/as-convolution");
    const int64_t multiplier = w.outChannels / std::max<int64_t>(1, w.inChannels);
    if (multiplier == 1 && w.batch == 1 && !dilated) return blockedDepthwise(w);
    if (multiplier % 4 == 0 && w.batch == 1 && !dilated)
        return depthwiseMultiplied(w, "DEPTHWISE_CONV_2D/multiplier-4", 4);
    return depthwiseMultiplied(w, "DEPTHWISE_CONV_2D/multiplier", 1);
}

KernelTerms mveFullyConnected(const Workload& w) {
    if (w.type == types::DataType::Int16) return mveFullyConnected16(w);
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
