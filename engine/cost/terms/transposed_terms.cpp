// SPDX-License-Identifier: GPL-3.0-or-later
// Transposed convolution. TFLM's reference kernel and ours add every input to the outputs that its
// window covers. CMSIS-NN does so for fewer than 16 input channels; from 16 on it reverses the
// filter and convolves an input that is spread out with zeros.

#include <algorithm>

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

constexpr int64_t kMaxSpreadChannels = 16;

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

KernelTerms cmsisSpread(const Workload& w) {
    KernelTerms t{"TRANSPOSE_CONV/spread"};
    const double rows = static_cast<double>(w.batch * spreadRows(w) * w.inWidth);
    const double taps = rows * static_cast<double>(w.kernelWidth);
    const double sums = taps * static_cast<double>(w.outChannels);
    t.add("call", 1);
    t.add("output", static_cast<double>(w.outputs));
    t.add("output row", static_cast<double>(w.batch * w.outHeight));
    t.add("input pixel", inputPixels(w));
    t.add("kernel row", rows);
    t.add("tap", taps);
    t.add("tap, output channel", sums);
    t.add("tap, output channel, 4 columns", sums * static_cast<double>(w.inChannels / 4));
    t.add("tap, output channel, 1 column", sums * static_cast<double>(w.inChannels % 4));
    return t;
}

KernelTerms cmsisReversed(const Workload& w) {
    KernelTerms t{"TRANSPOSE_CONV/reversed"};
    const double pixels = static_cast<double>(w.pixels());
    const double taps = static_cast<double>(w.taps());
    const double gathered = pixels * taps * static_cast<double>(w.inChannels);
    const double pairs = pixels * static_cast<double>(w.outChannels / 2) / 2;
    const double odd = pixels * static_cast<double>(w.outChannels % 2);
    const double columns = taps * static_cast<double>(w.inChannels);
    t.add("call", 1);
    t.add("weight", static_cast<double>(w.taps() * w.inChannels * w.outChannels));
    t.add("pixel", pixels);
    t.add("tap", pixels * taps);
    t.add("tap inside", static_cast<double>(w.validTaps()));
    t.add("gathered", gathered);
    t.add("block", pairs);
    t.add("block, column", pairs * columns);
    t.add("last channel, column", odd * columns);
    return t;
}

}  // namespace

KernelTerms transposeConvolutionTerms(const Workload& w, KernelLibrary set) {
    if (set == KernelLibrary::Reference) return referenceSpread(w);
    return w.inChannels > kMaxSpreadChannels ? cmsisReversed(w) : cmsisSpread(w);
}

}  // namespace cost
