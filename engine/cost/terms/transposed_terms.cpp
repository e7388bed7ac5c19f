// SPDX-License-Identifier: GPL-3.0-or-later
// Transposed convolution. TFLM's reference kernel and ours add every input to the outputs that its
// window covers. CMSIS-NN does so for up to 16 input channels or strides over 2; else it reverses
// the filter and convolves an input that is spread out with zeros.

#include <algorithm>

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

constexpr int64_t kMaxSpreadChannels = 16, kMaxReversedStride = 2;

double inputPixels(const Workload& w) {
    return static_cast<double>(w.batch * w.inHeight * w.inWidth);
}

KernelTerms referenceSpread(const Workload& w) {
    KernelTerms t{"TRANSPOSE_CONV"};
    const double channels = static_cast<double>(w.outChannels);
    const double taps = static_cast<double>(w.validTaps());
    t.add("call", 1);
    t.add("output", static_cast<double>(w.outputs));
    t.add("input pixel", inputPixels(w));
    t.add("input", static_cast<double>(w.inputs));
    t.add("input, tap", static_cast<double>(w.inputs * w.taps()));
    t.add("tap, output channel", taps * channels);
    t.add("mac", taps * static_cast<double>(w.inChannels) * channels);
    t.add("mac outside",
          (static_cast<double>(w.inputs * w.taps()) - taps * static_cast<double>(w.inChannels)) *
              channels);
    return t;
}

/// Rows of the window that are added, summed over the rows of the input: those above the output are
/// skipped, and those below it except the first. Columns are not skipped.
int64_t spreadRows(const Workload& w) {
    int64_t rows = 0;
    for (int64_t y = 0; y < w.inHeight; ++y) {
        const int64_t top = y * w.strideHeight - w.padTop;
        const int64_t above = std::max<int64_t>(0, -top);
        const int64_t below = std::max<int64_t>(0, top + w.kernelHeight - w.outHeight - 1);
        rows += std::max<int64_t>(0, w.kernelHeight - above - below);
    }
    return rows;
}

/// Steps over the input channels: four and the rest one by one, or 16 predicated ones.
struct ChannelSteps {
    double wide = 0, single = 0;
};

ChannelSteps stepsOf(const Workload& w, bool vectors) {
    if (vectors) return {static_cast<double>((w.inChannels + 15) / 16), 0};
    return {static_cast<double>(w.inChannels / 4), static_cast<double>(w.inChannels % 4)};
}

/// One row of input after another is added to a buffer of sums that starts as copies of the bias:
/// four pixels at a time, then two, then one. The weights are read once per group of pixels.
KernelTerms cmsisSpread(const Workload& w, bool vectors) {
    KernelTerms t{"TRANSPOSE_CONV/spread"};
    const int64_t groups = w.inWidth / 4 + w.inWidth % 4 / 2 + w.inWidth % 2;
    const double rows = static_cast<double>(w.batch * spreadRows(w) * w.outChannels);
    const double groupTaps = rows * static_cast<double>(groups * w.kernelWidth);
    const double pixelTaps = rows * static_cast<double>(w.inWidth * w.kernelWidth);
    const ChannelSteps steps = stepsOf(w, vectors);
    const int64_t bufferWidth =
        (w.inWidth - 1) * w.strideWidth + std::max(w.kernelWidth, w.strideWidth);
    const double copies = static_cast<double>(
        w.batch * bufferWidth * w.outChannels *
        (std::max(w.kernelHeight, w.strideHeight) + w.inHeight * w.strideHeight));
    t.add("call", 1);
    t.add("output", static_cast<double>(w.outputs));
    t.add("output pixel", static_cast<double>(w.pixels()));
    t.add("bias copy", w.biased ? copies : 0);
    t.add("group, channel, row", rows * static_cast<double>(groups));
    t.add("group, tap", groupTaps);
    t.add("pixel, tap", pixelTaps);
    t.add("pixel, tap, wide step", pixelTaps * steps.wide);
    t.add("pixel, tap, single step", pixelTaps * steps.single);
    return t;
}

/// The filter is reversed, then each output pixel gathers the taps that lie on an input pixel; the
/// rest of its window is filled.
KernelTerms cmsisReversed(const Workload& w, bool vectors) {
    KernelTerms t{"TRANSPOSE_CONV/reversed"};
    const int64_t columns = w.taps() * w.inChannels;
    const double pixels = static_cast<double>(w.pixels());
    const double steps = static_cast<double>(vectors ? (columns + 15) / 16 : columns);
    const int64_t group = vectors ? 4 : 2, channels = vectors ? 1 : 2;
    const double blocks = static_cast<double>(w.pixels() / group * (w.outChannels / channels));
    const double rest =
        static_cast<double>(w.outputs) - blocks * static_cast<double>(group * channels);
    const double inside = static_cast<double>(w.validTaps());
    t.add("call", 1);
    t.add("weight", static_cast<double>(columns * w.outChannels));
    t.add("pixel", pixels);
    t.add("pixel, step", pixels * steps);
    t.add("tap", pixels * static_cast<double>(w.taps()));
    t.add("tap inside", inside);
    t.add("tap inside, 16 channels", inside * static_cast<double>((w.inChannels + 15) / 16));
    t.add("block", blocks);
    t.add("block, step", blocks * steps);
    t.add("last output, step", rest * steps);
    return t;
}

}  // namespace

KernelTerms transposeConvolutionTerms(const Workload& w, KernelLibrary set) {
    // CMSIS-NN has no kernel for 16-bit data.
    if (set == KernelLibrary::Reference || w.type != types::DataType::Int8)
        return referenceSpread(w);
    const bool vectors = set == KernelLibrary::CmsisMve;
    const bool reversed = w.inChannels > kMaxSpreadChannels &&
                          w.strideHeight <= kMaxReversedStride &&
                          w.strideWidth <= kMaxReversedStride;
    return reversed ? cmsisReversed(w, vectors) : cmsisSpread(w, vectors);
}

}  // namespace cost
