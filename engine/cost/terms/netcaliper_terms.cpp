// SPDX-License-Identifier: GPL-3.0-or-later
// Our own runtime on Cortex-M: packed kernels for 8-bit layers, plain kernels for the rest. With
// the DSP extension a step multiplies three pixels by two channels over four columns (one pixel by
// four channels in layers of one or two pixels). Weights are padded to whole steps, so there are no
// remainders; layers differ in how the input is gathered. netcaliper_vector_terms.cpp has the
// layers of cores with vectors.
//
// Source: engine/runtime/cortex_m (im2col.h, depthwise_rows.h, tap_addresses.h, dsp).

#include <algorithm>

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

/// Number of groups of `step` that contain `count`.
int64_t upTo(int64_t count, int64_t step) {
    return (count + step - 1) / step;
}

bool isPacked(const Workload& w) {
    return w.type == types::DataType::Int8 && w.weightType == types::DataType::Int8;
}

/// The plain kernels take the same time without a bias, which they read as zeros.
Workload withoutBias(Workload w) {
    w.biased = false;
    return w;
}

/// Number of output pixels whose window lies inside the image.
int64_t wholePixels(const Workload& w) {
    return w.batch * std::max<int64_t>(0, w.outHeight - w.clippedRows) *
           std::max<int64_t>(0, w.outWidth - w.clippedColumns);
}

/// Layers of one or two pixels read each weight so seldom that they take more channels at once.
bool isSmall(const Workload& w) {
    return w.pixels() < 3;
}

/// With the DSP extension: products of three pixels or of a remaining one with pairs of channels,
/// or of one with blocks of four, each over `steps` groups of columns. A last group of channels
/// that is not whole is computed apart.
void addDspProducts(KernelTerms& t, const Workload& w, int64_t steps) {
    const auto addTile = [&](TermName group, TermName groupStep, TermName oddStep, int64_t count) {
        t.add(group, static_cast<double>(count));
        t.add(groupStep, static_cast<double>(count * steps));
        t.add(oddStep, steps % 2 ? static_cast<double>(count) : 0);
    };
    const int64_t pixels = w.pixels(), pairs = upTo(w.outChannels, 2);
    const int64_t threes = isSmall(w) ? 0 : pixels / 3, singles = isSmall(w) ? 0 : pixels % 3;
    const int64_t small = isSmall(w) ? pixels : 0, calls = threes + singles + small;
    const bool isWhole = w.outChannels % (isSmall(w) ? 4 : 2) == 0;
    t.add("pixels", static_cast<double>(calls));
    t.add("pixels, rest of channels", isWhole ? 0 : static_cast<double>(calls));
    addTile("3 pixels, pair", "3 pixels, pair, step", "3 pixels, pair, odd step", threes * pairs);
    addTile("last pixel, pair", "last pixel, pair, step", "last pixel, pair, odd step",
            singles * pairs);
    addTile("pixel, 4 channels", "pixel, 4 channels, step", "pixel, 4 channels, odd step",
            small * upTo(w.outChannels, 4));
    t.add("output of either sign", w.rectified ? 0 : static_cast<double>(w.outputs));
    t.add("output, clamped", w.clamped ? static_cast<double>(w.outputs) : 0);
}

/// With the DSP extension columns are widened to 16 bits: directly from the image where channels
/// are whole words, from a copy of the taps otherwise.
KernelTerms dspWindow(TermName path, const Workload& w) {
    KernelTerms t{path};
    const int64_t run = w.kernelWidth * w.inChannels, words = upTo(w.taps() * w.inChannels, 4);
    const bool copies = w.inChannels % 4 != 0;
    const int64_t whole = w.dilationWidth == 1 ? wholePixels(w) : 0, clipped = w.pixels() - whole;
    const int64_t inside = w.validTaps() - whole * w.taps(), rows = whole * w.kernelHeight;
    const auto unless = [](bool none, int64_t count) {
        return none ? 0 : static_cast<double>(count);
    };
    t.add("call", 1);
    t.add("pixel", static_cast<double>(w.pixels()));
    t.add("whole row", unless(copies, rows));
    t.add("whole row, word", unless(copies, whole * words));
    t.add("clipped row", unless(copies, clipped * w.kernelHeight));
    t.add("clipped row, word", unless(copies, inside * w.inChannels / 4));
    t.add("clipped row, padding", unless(copies, (clipped * w.taps() - inside) * w.inChannels / 4));
    t.add("copied row", unless(!copies, rows));
    t.add("copied word", unless(!copies, rows * upTo(run, 4)));
    t.add("clipped copy", unless(!copies, clipped));
    t.add("clipped copy, tap", unless(!copies, inside));
    t.add("clipped copy, byte", unless(!copies, inside * w.inChannels));
    t.add("copy, widened word", unless(!copies, w.pixels() * words));
    addDspProducts(t, w, words);
    return t;
}

/// The input already is a matrix.
KernelTerms pointwise(TermName path, const Workload& w) {
    KernelTerms t{path};
    const int64_t steps = upTo(w.inChannels, 4);
    t.add("call", 1);
    const int64_t threes = isSmall(w) ? 0 : w.pixels() / 3;
    t.add("3 pixels, widened word", static_cast<double>(threes * steps));
    t.add("widened word", static_cast<double>((w.pixels() - 3 * threes) * steps));
    addDspProducts(t, w, steps);
    return t;
}

bool computesRows(const Workload& w) {
    return w.kernelHeight == 3 && w.kernelWidth == 3 && w.dilationHeight == 1 &&
           w.dilationWidth == 1 && w.strideHeight == w.strideWidth && w.strideWidth <= 2 &&
           w.outWidth > 1;
}

/// 3x3 with the DSP extension: pairs of rows of four channels are converted to 16 bits, each row
/// once; then each channel gives two rows at a time at stride 1, two columns at stride 2.
KernelTerms depthwiseRows(const Workload& w) {
    KernelTerms t{"DEPTHWISE_CONV_2D/rows"};
    const bool strided = w.strideWidth == 2, single = !strided && w.outHeight == 1;
    const int64_t steps = strided ? w.outHeight : upTo(w.outHeight, 2);
    const int64_t pairs = w.batch * upTo(w.outChannels, 4) * (steps + 1);
    const int64_t columns = w.strideWidth * (w.outWidth - 1) + 3;
    const int64_t channels = w.batch * w.outChannels * steps;
    const int64_t twoRows = strided || single ? 0 : channels * w.outWidth;
    const int64_t twoColumns = strided ? channels * (w.outWidth / 2) : 0;
    const int64_t one = single ? channels * w.outWidth : strided ? channels * (w.outWidth % 2) : 0;
    const int64_t signs = w.rectified || single ? 0 : 2 * (twoRows + twoColumns) + one;
    t.add("call", 1);
    t.add("column of a plane", static_cast<double>(columns));
    t.add("block", static_cast<double>(w.batch * upTo(w.outChannels, 4)));
    t.add("pair of rows", static_cast<double>(pairs));
    t.add("pair of rows, pixel",
          static_cast<double>(pairs * std::clamp<int64_t>(columns - w.padLeft, 0, w.inWidth)));
    t.add("channel", static_cast<double>(channels));
    t.add("two rows, column", static_cast<double>(twoRows));
    t.add("two columns", static_cast<double>(twoColumns));
    t.add("one column", static_cast<double>(one));
    t.add("output of either sign", static_cast<double>(signs));
    t.add("output, clamped", w.clamped ? static_cast<double>(w.outputs) : 0);
    return t;
}

/// One address per tap and pixel, then blocks of channels over two taps at a time.
KernelTerms depthwise(const Workload& w) {
    KernelTerms t{"DEPTHWISE_CONV_2D/packed"};
    const int64_t pixels = w.pixels(), blocks = pixels * upTo(w.outChannels, 4);
    t.add("call", 1);
    t.add("pixel", static_cast<double>(pixels));
    t.add("clipped pixel", static_cast<double>(pixels - wholePixels(w)));
    t.add("kernel row", static_cast<double>(pixels * w.kernelHeight));
    t.add("tap", static_cast<double>(w.validTaps()));
    t.add("tap in padding", static_cast<double>(pixels * w.taps() - w.validTaps()));
    t.add("block", static_cast<double>(blocks));
    t.add("block, 2 taps", static_cast<double>(blocks * upTo(w.taps(), 2)));
    t.add("block with rest", w.outChannels % 4 ? static_cast<double>(pixels) : 0);
    t.add("output", static_cast<double>(w.outputs));
    t.add("output, clamped", w.clamped ? static_cast<double>(w.outputs) : 0);
    return t;
}

/// Floats: four channels per pass over the input for whole groups of four, else one. `runs`: number
/// of contiguous runs of input values, over all pixels.
KernelTerms floats(TermName fours, TermName ones, const Workload& w, double runs) {
    const int64_t block = w.outChannels % 4 == 0 ? 4 : 1, blocks = w.outChannels / block;
    KernelTerms t{block == 4 ? fours : ones};
    const double count = static_cast<double>(blocks);
    t.add("call", 1);
    t.add("pixel", static_cast<double>(w.pixels()));
    t.add("block", static_cast<double>(w.pixels()) * count);
    t.add("block, run", runs * count);
    t.add("block, column", static_cast<double>(w.validTaps() * w.inChannels) * count);
    return t;
}

}  // namespace

KernelTerms netcaliperConvolution(const Workload& w, bool vectors) {
    if (w.type == types::DataType::Float32)
        return floats("CONV_2D/fours", "CONV_2D", w,
                      static_cast<double>(w.batch * w.validRows * w.outWidth));
    if (!isPacked(w)) return referenceConvolution(withoutBias(w));
    if (vectors) return netcaliperVectorConvolution(w);
    const bool strided = w.strideHeight > 1 || w.strideWidth > 1;
    if (isPointwise(w) && !strided) return pointwise("CONV_2D/1x1", w);
    return dspWindow("CONV_2D/im2col", w);
}

KernelTerms netcaliperDepthwise(const Workload& w, bool vectors) {
    if (vectors && isPacked(w) && (w.inChannels == w.outChannels || w.inChannels == 1))
        return netcaliperVectorDepthwise(w);
    if (isPacked(w) && w.inChannels == w.outChannels)
        return computesRows(w) ? depthwiseRows(w) : depthwise(w);
    if (!isPacked(w) || w.inChannels != 1) return referenceDepthwise(withoutBias(w));
    // A depthwise layer with one input channel is a convolution with another order of weights.
    return dspWindow("DEPTHWISE_CONV_2D/as-convolution", w);
}

KernelTerms netcaliperFullyConnected(const Workload& w, bool vectors) {
    if (w.type == types::DataType::Float32)
        return floats("FULLY_CONNECTED/fours", "FULLY_CONNECTED", w, static_cast<double>(w.batch));
    if (!isPacked(w)) return referenceFullyConnected(withoutBias(w));
    if (vectors) return netcaliperVectorFullyConnected(w);
    return pointwise("FULLY_CONNECTED/packed", w);
}

}  // namespace cost
