// SPDX-License-Identifier: GPL-3.0-or-later
// TFLM's reference kernels: nested loops, a border test per tap, a requantization per output. Pools
// have these loops in every kernel set.

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

double rowsVisited(const Workload& w) {
    return static_cast<double>(w.batch * w.validRows * w.outWidth);
}

/// 4-bit weights are unpacked before the kernel runs.
double packedWeights(const Workload& w, int64_t weights) {
    return w.weightType == types::DataType::Int4 ? static_cast<double>(weights) : 0;
}

}  // namespace

double outputsWithBias(const Workload& w) {
    return w.biased ? static_cast<double>(w.outputs) : 0;
}

KernelTerms referenceConvolution(const Workload& w) {
    KernelTerms t{"CONV_2D"};
    const double pixels = static_cast<double>(w.pixels());
    const double channels = static_cast<double>(w.outChannels);
    t.add("call", 1);
    t.add("pixel", pixels);
    t.add("output", pixels * channels);
    t.add("output, row", pixels * channels * static_cast<double>(w.kernelHeight));
    t.add("output, row inside", rowsVisited(w) * channels);
    t.add("output, tap", pixels * channels * static_cast<double>(w.taps()));
    t.add("output, tap inside", static_cast<double>(w.validTaps()) * channels);
    t.add("mac", static_cast<double>(w.validTaps() * w.inChannels) * channels);
    // Until 2021 each channel of each tap was tested against the border.
    t.add("mac outside",
          (pixels * static_cast<double>(w.taps()) - static_cast<double>(w.validTaps())) *
              static_cast<double>(w.inChannels) * channels);
    t.add("packed weight", packedWeights(w, w.taps() * w.inChannels * w.outChannels));
    t.add("output with bias", outputsWithBias(w));
    return t;
}

KernelTerms referenceDepthwise(const Workload& w) {
    KernelTerms t{"DEPTHWISE_CONV_2D"};
    const double pixels = static_cast<double>(w.pixels());
    const double channels = static_cast<double>(w.outChannels);
    t.add("call", 1);
    t.add("pixel", pixels);
    t.add("input channel", pixels * static_cast<double>(w.inChannels));
    t.add("output", pixels * channels);
    t.add("output, row", pixels * channels * static_cast<double>(w.kernelHeight));
    t.add("output, row inside", rowsVisited(w) * channels);
    t.add("output, tap", pixels * channels * static_cast<double>(w.taps()));
    t.add("mac", static_cast<double>(w.validTaps()) * channels);
    t.add("packed weight", packedWeights(w, w.taps() * w.outChannels));
    t.add("output with bias", outputsWithBias(w));
    return t;
}

KernelTerms referenceFullyConnected(const Workload& w) {
    KernelTerms t{w.perChannel ? TermName("FULLY_CONNECTED/per-channel")
                               : TermName("FULLY_CONNECTED")};
    t.add("call", 1);
    t.add("batch", static_cast<double>(w.batch));
    t.add("output", static_cast<double>(w.outputs));
    t.add("mac", static_cast<double>(w.outputs * w.inChannels));
    t.add("packed weight", packedWeights(w, w.inChannels * w.outChannels));
    t.add("output with bias", outputsWithBias(w));
    return t;
}

namespace {

/// How a pool iterates over its channels.
struct PoolLoop {
    int64_t step = 1;      ///< channels per step
    bool partial = false;  ///< the last step may be partial; else the rest goes one by one
};

PoolLoop poolLoopOf(KernelLibrary set, bool maximum) {
    switch (set) {
        case KernelLibrary::Reference:
            return {};
        case KernelLibrary::CmsisMve:
            return {16, true};
        case KernelLibrary::NetcaliperMve:
            return {maximum ? 16 : 8, true};
        case KernelLibrary::NetcaliperDsp:
            return {4, true};
        default:
            return {4, false};
    }
}

/// Our own average pools use the plain kernel above this number of taps, where 16-bit sums could
/// overflow.
constexpr int64_t kMaxDspTaps = 255, kMaxMveTaps = 4096;

bool isPlainAverage(const Workload& w, KernelLibrary set) {
    return (set == KernelLibrary::NetcaliperDsp && w.taps() > kMaxDspTaps) ||
           (set == KernelLibrary::NetcaliperMve && w.taps() > kMaxMveTaps);
}

}  // namespace

KernelTerms poolTerms(const Workload& w, KernelLibrary set) {
    const bool maximum = w.kind == types::OpKind::MAX_POOL_2D;
    const bool plain = !maximum && isPlainAverage(w, set);
    KernelTerms t{maximum ? TermName("MAX_POOL_2D")
                  : plain ? TermName("AVERAGE_POOL_2D/plain")
                          : TermName("AVERAGE_POOL_2D")};
    const auto [step, partial] = poolLoopOf(plain ? KernelLibrary::Reference : set, maximum);
    const double pixels = static_cast<double>(w.pixels());
    const double taps = static_cast<double>(w.validTaps());
    const double groups =
        static_cast<double>(partial ? (w.outChannels + step - 1) / step : w.outChannels / step);
    const double rest = static_cast<double>(partial ? 0 : w.outChannels % step);
    t.add("call", 1);
    t.add("pixel", pixels);
    t.add("output", static_cast<double>(w.outputs));
    t.add("row", rowsVisited(w));
    t.add("tap", taps);
    t.add("pixel, channel group", pixels * groups);
    t.add("tap, channel group", taps * groups);
    t.add("row, channel group", rowsVisited(w) * groups);
    t.add("pixel, 4 channels", pixels * static_cast<double>((w.outChannels + 3) / 4));
    t.add("tap, 1 channel", taps * rest);
    t.add("row, 1 channel", rowsVisited(w) * rest);
    return t;
}

}  // namespace cost
