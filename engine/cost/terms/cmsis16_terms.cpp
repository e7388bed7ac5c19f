// SPDX-License-Identifier: GPL-3.0-or-later
// CMSIS-NN on cores with vectors, 16-bit data with 8-bit weights: eight predicated columns per
// step. Sums of more than 512 products go on in 64 bits, one column at a time. Depthwise layers run
// plain loops.

#include <algorithm>
#include <cmath>

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

constexpr int64_t kMost32BitProducts = 512;

/// Columns of one sum: those in vectors, and those added one by one in 64 bits.
struct Columns {
    int64_t fast = 0, slow = 0;

    double steps(int64_t width) const { return static_cast<double>((fast + width - 1) / width); }
};

Columns columnsOf(int64_t columns) {
    const int64_t fast = std::min(columns, kMost32BitProducts);
    return {fast, columns - fast};
}

/// Copies the input of each output pixel to one row, 16 bytes per step.
void addGather16(KernelTerms& t, const Workload& w, bool vectors) {
    const double whole = static_cast<double>(w.inChannels) / 8;
    const double steps = vectors ? std::ceil(whole) : whole;
    const double valid = static_cast<double>(w.validTaps());
    const double padded = static_cast<double>(w.pixels() * w.taps()) - valid;
    t.add("pixel", static_cast<double>(w.pixels()));
    t.add("kernel row", static_cast<double>(w.pixels() * w.kernelHeight));
    t.add("tap", valid);
    t.add("tap, 8 channels", valid * steps);
    t.add("tap in padding", padded);
    t.add("tap in padding, 8 channels", padded * steps);
}

}  // namespace

KernelTerms mveConvolution16(const Workload& w) {
    KernelTerms t{"CONV_2D/im2col-16"};
    const Columns columns = columnsOf(w.taps() * w.inChannels);
    const int64_t perImage = w.outHeight * w.outWidth;
    const double blocks = static_cast<double>(w.batch * (perImage / 4) * w.outChannels);
    const double last = static_cast<double>(w.batch * (perImage % 4) * w.outChannels);
    t.add("call", 1);
    addGather16(t, w, true);
    t.add("4 pixels", static_cast<double>(w.batch * (perImage / 4)));
    t.add("block", blocks);
    t.add("block, 8 columns", blocks * columns.steps(8));
    t.add("block, 64-bit", columns.slow > 0 ? blocks : 0);
    t.add("block, column in 64 bits", blocks * static_cast<double>(columns.slow));
    t.add("last pixels", perImage % 4 > 0 ? static_cast<double>(w.batch) : 0);
    t.add("last output", last);
    t.add("last output, 4 columns", last * columns.steps(4));
    t.add("last output, column in 64 bits", last * static_cast<double>(columns.slow));
    t.add("output with bias", outputsWithBias(w));
    return t;
}

KernelTerms mveFullyConnected16(const Workload& w) {
    KernelTerms t{"FULLY_CONNECTED/16"};
    const Columns columns = columnsOf(w.inChannels);
    const double batch = static_cast<double>(w.batch);
    const double quads = batch * static_cast<double>(w.outChannels / 4);
    const double rest = batch * static_cast<double>(w.outChannels % 4);
    t.add("call", 1);
    t.add("batch", batch);
    t.add("channel quad", quads);
    t.add("channel quad, 8 columns", quads * columns.steps(8));
    t.add("channel quad, column in 64 bits", quads * static_cast<double>(columns.slow));
    t.add("last channel", rest);
    t.add("last channel, 8 columns", rest * columns.steps(8));
    t.add("last channel, column in 64 bits", rest * static_cast<double>(columns.slow));
    t.add("output with bias", outputsWithBias(w));
    return t;
}

KernelTerms dspConvolution16(const Workload& w) {
    KernelTerms t{"CONV_2D/im2col-16"};
    const Columns columns = columnsOf(w.taps() * w.inChannels);
    const double fours = static_cast<double>(columns.fast / 4);
    const double ones = static_cast<double>(columns.fast % 4);
    const double slow = static_cast<double>(columns.slow);
    const int64_t perImage = w.outHeight * w.outWidth;
    const double pairs = static_cast<double>(w.batch * (perImage / 2));
    const double blocks = pairs * static_cast<double>(w.outChannels / 2);
    const double odd = pairs * static_cast<double>(w.outChannels % 2);
    const double last = static_cast<double>(w.batch * (perImage % 2) * w.outChannels);
    t.add("call", 1);
    addGather16(t, w, false);
    t.add("pixel pair", pairs);
    t.add("block", blocks);
    t.add("block, 4 columns", blocks * fours);
    t.add("block, 1 column", blocks * ones);
    t.add("block, column in 64 bits", blocks * slow);
    t.add("last channel", odd);
    t.add("last channel, 4 columns", odd * fours);
    t.add("last channel, 1 column", odd * ones);
    t.add("last channel, column in 64 bits", odd * slow);
    // A last pixel ignores the limit of 512.
    t.add("last pixel", last);
    t.add("last pixel, 4 columns", last * static_cast<double>((columns.fast + columns.slow) / 4));
    t.add("last pixel, 1 column", last * static_cast<double>((columns.fast + columns.slow) % 4));
    t.add("output with bias", outputsWithBias(w));
    return t;
}

KernelTerms dspFullyConnected16(const Workload& w) {
    KernelTerms t{"FULLY_CONNECTED/16"};
    const Columns columns = columnsOf(w.inChannels);
    const double fours = static_cast<double>(columns.fast / 4);
    const double ones = static_cast<double>(columns.fast % 4 + columns.slow);
    const double batch = static_cast<double>(w.batch);
    const double pairs = batch * static_cast<double>(w.outChannels / 2);
    const double odd = batch * static_cast<double>(w.outChannels % 2);
    t.add("call", 1);
    t.add("batch", batch);
    t.add("channel pair", pairs);
    t.add("channel pair, 4 columns", pairs * fours);
    t.add("channel pair, 1 column", pairs * ones);
    t.add("last channel", odd);
    t.add("last channel, 4 columns", odd * fours);
    t.add("last channel, 1 column", odd * ones);
    t.add("output with bias", outputsWithBias(w));
    return t;
}

}  // namespace cost
