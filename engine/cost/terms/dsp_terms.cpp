// SPDX-License-Identifier: GPL-3.0-or-later
// CMSIS-NN on cores with the DSP extension. Two output channels and two pixels are computed at a
// time, four columns per step; remainders run in loops of their own.

#include <algorithm>
#include <cmath>
#include <span>

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

struct Knot {
    double log2Bytes;
    TermName name;
};

constexpr std::array<Knot, 10> kKnots = {{{7, "block, 4 columns of 0.125 KiB"},
                                          {8, "block, 4 columns of 0.25 KiB"},
                                          {9, "block, 4 columns of 0.5 KiB"},
                                          {10, "block, 4 columns of 1 KiB"},
                                          {10.5, "block, 4 columns of 1.4 KiB"},
                                          {11, "block, 4 columns of 2 KiB"},
                                          {12, "block, 4 columns of 4 KiB"},
                                          {13, "block, 4 columns of 8 KiB"},
                                          {14, "block, 4 columns of 16 KiB"},
                                          {15, "block, 4 columns of 32 KiB"}}};
/// Weights below this size fit the caches of the boards that modern kernels were measured on.
constexpr size_t kFirstModernKnot = 2;

/// Splits the work of the innermost loop by the number of weight bytes that it streams, because
/// weights that fit a flash cache cost less: tent functions of log2(bytes), which sum to one.
void addByFootprint(KernelTerms& t, double count, int64_t weightBytes,
                    size_t firstKnot = kFirstModernKnot) {
    const std::span<const Knot> knots = std::span(kKnots).subspan(firstKnot);
    const double x = std::clamp(std::log2(std::max(1.0, static_cast<double>(weightBytes))),
                                knots.front().log2Bytes, knots.back().log2Bytes);
    t.firstVariant = t.size;
    for (size_t k = 0; k < knots.size(); ++k) {
        const double here = knots[k].log2Bytes;
        const double below = k > 0 ? knots[k - 1].log2Bytes : here - 1;
        const double above = k + 1 < knots.size() ? knots[k + 1].log2Bytes : here + 1;
        const double tent = x < here ? (x - below) / (here - below) : (above - x) / (above - here);
        t.add(knots[k].name, count * std::max(0.0, tent));
    }
    t.lastVariant = t.size;
}

/// The matrix product of 1x1 convolutions: columns in steps of 16, then 4, then 1. Each call also
/// sums the weights once.
void addMatrixProduct(KernelTerms& t, double calls, int64_t pixels, int64_t channels,
                      int64_t columns) {
    const double pairs = static_cast<double>(channels / 2), odd = static_cast<double>(channels % 2);
    const double blocks = calls * static_cast<double>(pixels / 2) * pairs;
    const double last = calls * static_cast<double>(pixels % 2) * pairs;
    const double wide = static_cast<double>(columns / 16);
    const double narrow = static_cast<double>(columns % 16 / 4);
    const double single = static_cast<double>(columns % 4);
    t.add("product", calls);
    t.add("channel pair", calls * pairs);
    t.add("weight sum", calls * pairs * static_cast<double>(columns));
    t.add("block", blocks);
    t.add("block with 16s", blocks * (wide > 0));
    addByFootprint(t, blocks * static_cast<double>(columns / 4), columns * channels);
    t.add("block, 4 columns, 2 rows over 128 bytes",
          2 * columns >= 128 ? blocks * static_cast<double>(columns / 4) : 0);
    t.add("block, 4 columns unaligned",
          columns % 4 ? blocks * static_cast<double>(columns / 4) : 0);
    t.add("block with 4s", blocks * (narrow > 0));
    t.add("block with 1s", blocks * (single > 0));
    t.add("block, 1 column", blocks * single);
    t.add("last pixel", last);
    t.add("last pixel, 16 columns", last * wide);
    t.add("last pixel, 4 columns", last * narrow);
    t.add("last pixel, 1 column", last * single);
    const double rest = calls * odd * static_cast<double>(pixels);
    t.add("last channel", rest);
    t.add("last channel, 4 columns", rest * static_cast<double>(columns / 4));
    t.add("last channel, 1 column", rest * single);
}

/// Gathers the input of each output pixel, widened to 16 bits four at a time.
void addDspGather(KernelTerms& t, const Workload& w) {
    const double valid = static_cast<double>(w.validTaps());
    const double padded = static_cast<double>(w.pixels() * w.taps() - w.validTaps());
    const double fours = valid * static_cast<double>(w.inChannels / 4);
    t.add("pixel", static_cast<double>(w.pixels()));
    t.add("kernel row", static_cast<double>(w.pixels() * w.kernelHeight));
    t.add("tap", valid);
    t.add("tap, 4 channels", fours);
    t.add("tap, 4 channels unaligned", w.inChannels % 4 ? fours : 0);
    t.add("tap, 1 channel", valid * static_cast<double>(w.inChannels % 4));
    t.add("tap in padding", padded);
    t.add("tap in padding, 4 channels", padded * static_cast<double>(w.inChannels) / 4);
}

/// Gathers two pixels, then multiplies them by two channels at a time.
void addGatheredProduct(KernelTerms& t, const Workload& w, size_t firstKnot) {
    const int64_t columns = w.taps() * w.inChannels;
    const double fours = static_cast<double>(columns / 4), ones = static_cast<double>(columns % 4);
    const double couples = static_cast<double>(w.pixels() / 2);
    const double blocks = couples * static_cast<double>(w.outChannels / 2);
    const double oddChannel = couples * static_cast<double>(w.outChannels % 2);
    const double lastPixel = static_cast<double>((w.pixels() % 2) * w.outChannels);
    t.add("call", 1);
    addDspGather(t, w);
    t.add("pixel pair", couples);
    t.add("block", blocks);
    addByFootprint(t, blocks * fours, columns * w.outChannels, firstKnot);
    t.add("block with 1s", ones > 0 ? blocks : 0);
    t.add("block, 1 column", blocks * ones);
    t.add("last channel", oddChannel);
    t.add("last channel, 4 columns", oddChannel * fours);
    t.add("last channel, 1 column", oddChannel * ones);
    t.add("last pixel", lastPixel);
    t.add("last pixel, 4 columns", lastPixel * fours);
    t.add("last pixel, 1 column", lastPixel * ones);
}

KernelTerms gatheredConvolutionDsp(const Workload& w) {
    const int64_t columns = w.taps() * w.inChannels;
    KernelTerms t{"CONV_2D/im2col"};
    addGatheredProduct(t, w, kFirstModernKnot);
    const double steps = static_cast<double>(w.pixels() / 2 * (w.outChannels / 2) * (columns / 4));
    t.add("block, 4 columns unaligned", columns % 4 ? steps : 0);
    return t;
}

/// Rows of taps that a 3x3 kernel visits over all output pixels.
double validRowPixels(const Workload& w) {
    return static_cast<double>(w.batch * w.validRows * w.outWidth);
}

KernelTerms depthwise3x3(const Workload& w) {
    KernelTerms t{"DEPTHWISE_CONV_2D/3x3"};
    const double pixels = static_cast<double>(w.pixels()), rows = validRowPixels(w);
    const double taps = static_cast<double>(w.validTaps());
    const double fours = static_cast<double>(w.inChannels / 4);
    const double ones = static_cast<double>(w.inChannels % 4);
    t.add("call", 1);
    t.add("pixel", pixels);
    t.add("pixel with 4s", fours > 0 ? pixels : 0);
    t.add("pixel with 1s", ones > 0 ? pixels : 0);
    t.add("pixel, 4 channels", pixels * fours);
    t.add("row, 4 channels", rows * fours);
    t.add("tap, 4 channels", taps * fours);
    t.add("pixel, 1 channel", pixels * ones);
    t.add("row, 1 channel", rows * ones);
    t.add("tap, 1 channel", taps * ones);
    return t;
}

}  // namespace

KernelTerms dspDepthwiseGathered(const Workload& w) {
    KernelTerms t{"DEPTHWISE_CONV_2D/gathered"};
    const double pixels = static_cast<double>(w.pixels()), rows = validRowPixels(w);
    const double valid = static_cast<double>(w.validTaps());
    const double channels = static_cast<double>(w.inChannels);
    const double fours = pixels * static_cast<double>(w.inChannels / 4);
    const double ones = pixels * static_cast<double>(w.inChannels % 4);
    // Rows outside the input are cleared at once, taps outside a row one by one.
    const double clearedTaps = rows * static_cast<double>(w.kernelWidth) - valid;
    const double clearedRows = pixels * static_cast<double>(w.kernelHeight) - rows;
    t.add("call", 1);
    t.add("pixel", pixels);
    t.add("kernel row", rows);
    t.add("tap", valid);
    t.add("tap, 4 channels", valid * static_cast<double>(w.inChannels / 4));
    t.add("tap, 1 channel", valid * static_cast<double>(w.inChannels % 4));
    t.add("tap in padding", clearedTaps);
    t.add("tap in padding, channel", clearedTaps * channels);
    t.add("tap in padding, few channels", w.inChannels < 4 ? clearedTaps : 0);
    t.add("border block", static_cast<double>(w.batch * w.clippedRows * w.outWidth));
    t.add("row in padding, channel", clearedRows * static_cast<double>(w.kernelWidth) * channels);
    t.add("pixel with 4s", fours > 0 ? pixels : 0);
    t.add("pixel with 1s", ones > 0 ? pixels : 0);
    t.add("4 channels", fours);
    t.add("4 channels, 2 taps", fours * static_cast<double>(w.taps() / 2));
    t.add("4 channels, 1 tap", fours * static_cast<double>(w.taps() % 2));
    t.add("1 channel", ones);
    t.add("1 channel, tap", ones * static_cast<double>(w.taps()));
    return t;
}

void addSmallGatheredProduct(KernelTerms& t, const Workload& w) {
    addGatheredProduct(t, w, 0);
}

KernelTerms depthwiseMultiplied(const Workload& w, TermName path, int64_t step) {
    KernelTerms t{path};
    const double groups = static_cast<double>(w.outChannels / step);
    t.add("call", 1);
    t.add("pixel", static_cast<double>(w.pixels()));
    t.add("input channel", static_cast<double>(w.pixels() * w.inChannels));
    t.add("group", static_cast<double>(w.pixels()) * groups);
    t.add("group, row", validRowPixels(w) * groups);
    t.add("group, tap", static_cast<double>(w.validTaps()) * groups);
    return t;
}

bool isPointwise(const Workload& w) {
    return w.taps() == 1 && w.padTop == 0 && w.padLeft == 0 && w.dilationHeight == 1 &&
           w.dilationWidth == 1;
}

KernelTerms dspConvolution(const Workload& w) {
    if (w.type == types::DataType::Int16) return dspConvolution16(w);
    if (!isPointwise(w)) return gatheredConvolutionDsp(w);
    KernelTerms t{"CONV_2D/1x1"};
    const bool strided = w.strideHeight > 1 || w.strideWidth > 1;
    t.add("call", 1);
    t.add("call, strided", strided ? 1 : 0);
    // With a stride, each output row is a separate product.
    addMatrixProduct(t, strided ? static_cast<double>(w.batch * w.outHeight) : 1,
                     strided ? w.outWidth : w.pixels(), w.outChannels, w.inChannels);
    return t;
}

/// 8-bit data with 8-bit weights have the most kernels.
static bool isPlain8(const Workload& w) {
    return w.type == types::DataType::Int8 && w.weightType == types::DataType::Int8;
}

KernelTerms dspDepthwise(const Workload& w) {
    const bool dilated = w.dilationHeight > 1 || w.dilationWidth > 1;
    const int64_t multiplier = w.outChannels / std::max<int64_t>(1, w.inChannels);
    if (multiplier == 1 && w.batch == 1 && !dilated) {
        const bool is3x3 = w.kernelHeight == 3 && w.kernelWidth == 3 && isPlain8(w);
        return is3x3 && w.padTop <= 1 && w.padLeft <= 1 ? depthwise3x3(w) : dspDepthwiseGathered(w);
    }
    if (multiplier % 4 == 0 && isPlain8(w) && w.batch == 1 && !dilated)
        return depthwiseMultiplied(w, "DEPTHWISE_CONV_2D/multiplier-4", 4);
    return depthwiseMultiplied(w, "DEPTHWISE_CONV_2D/multiplier", 1);
}

KernelTerms dspFullyConnected(const Workload& w) {
    if (w.type == types::DataType::Int16) return dspFullyConnected16(w);
    KernelTerms t{"FULLY_CONNECTED"};
    const double batch = static_cast<double>(w.batch);
    const double pairs = batch * static_cast<double>(w.outChannels / 2);
    const double odd = batch * static_cast<double>(w.outChannels % 2);
    // The compiler unrolls the loop: eight steps of four columns per trip.
    const double trips = static_cast<double>(w.inChannels / 32);
    const double fours = static_cast<double>(w.inChannels % 32 / 4);
    const double ones = static_cast<double>(w.inChannels % 4);
    t.add("call", 1);
    t.add("batch", batch);
    t.add("batch with pairs", pairs > 0 ? batch : 0);
    t.add("channel pair", pairs);
    t.add("channel pair, 32 columns", pairs * trips);
    t.add("channel pair with 32s", trips > 0 ? pairs : 0);
    t.add("channel pair, 4 columns", pairs * fours);
    t.add("channel pair with 4s", fours > 0 ? pairs : 0);
    t.add("channel pair with 1s", ones > 0 ? pairs : 0);
    t.add("channel pair, 1 column", pairs * ones);
    t.add("last channel", odd);
    t.add("last channel, 32 columns", odd * trips);
    t.add("last channel, 4 columns", odd * fours);
    t.add("last channel, 1 column", odd * ones);
    // Rows of weights are stored without gaps, so their starts may straddle words and lines.
    const double steps = pairs * static_cast<double>(w.inChannels / 4);
    t.add("channel pair, 4 columns unaligned", w.inChannels % 4 != 0 ? steps : 0);
    t.add("channel pair, 4 columns off 8 bytes", w.inChannels % 8 != 0 ? steps : 0);
    t.add("channel pair, 4 columns off 16 bytes", w.inChannels % 16 != 0 ? steps : 0);
    t.add("call, per channel", w.perChannel ? 1 : 0);
    t.add("channel, per channel", w.perChannel ? static_cast<double>(w.outputs) : 0);
    return t;
}

}  // namespace cost
