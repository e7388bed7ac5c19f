// SPDX-License-Identifier: GPL-3.0-or-later
// CMSIS-NN of 2020 on cores with the DSP extension, compiled with -Ofast for a board whose flash
// cache is small (STM32L4: 1 KiB of code, 256 bytes of data). In addition to the loops of later
// releases, two things cost cycles: unaligned words of weights, and code that evicts other code
// from the cache because a layer needs both (pairs and a last channel, fours and left-overs).
//
// Source: loops of CMSIS-NN 5.7; the period of 16 columns of the dense kernel and the cost of a
// last channel are taken from the sweeps of Heim et al. 2021.

#include "cost/terms/window_terms.h"

namespace cost {
namespace {

/// Shares of the 4-byte reads that begin at a half-word and at an odd byte, where rows of `length`
/// bytes are stored without gaps. Such a read takes two and three accesses.
struct Misaligned {
    double halfWords = 0, bytes = 0;
};

Misaligned misalignedOf(int64_t length) {
    if (length % 2) return {0.25, 0.5};
    return {length % 4 ? 0.5 : 0.0, 0};
}

KernelTerms gatheredConvolutionDsp2020(const Workload& w) {
    KernelTerms t{"CONV_2D/im2col"};
    addSmallGatheredProduct(t, w);
    const int64_t columns = w.taps() * w.inChannels, pairs = w.outChannels / 2;
    const double couples = static_cast<double>(w.pixels() / 2);
    const double blocks = couples * static_cast<double>(pairs);
    const double steps = blocks * static_cast<double>(columns / 4);
    const Misaligned off = misalignedOf(columns);
    t.add("block, 4 columns at half-words", steps * off.halfWords);
    t.add("block, 4 columns at bytes", steps * off.bytes);
    t.add("block with two 1s", columns % 4 >= 2 ? blocks : 0);
    t.add("pixel pair with blocks", pairs > 0 ? couples : 0);
    t.add("pixel pair with blocks and last channel", pairs > 0 && w.outChannels % 2 ? couples : 0);
    return t;
}

/// 1x1 without gathering: columns in steps of 16, the rest one by one.
KernelTerms pointwiseConvolution(const Workload& w) {
    KernelTerms t{"CONV_2D/1x1"};
    const double couples = static_cast<double>(w.pixels() / 2);
    const double pairs = static_cast<double>(w.outChannels / 2);
    const double wide = static_cast<double>(w.inChannels / 16);
    const double single = static_cast<double>(w.inChannels % 16);
    const double rest = static_cast<double>(w.pixels() % 2 * w.outChannels) +
                        couples * static_cast<double>(w.outChannels % 2);
    t.add("call", 1);
    t.add("weight sum", pairs * static_cast<double>(w.inChannels));
    t.add("block", couples * pairs);
    t.add("block, 16 columns", couples * pairs * wide);
    t.add("block, 1 column", couples * pairs * single);
    t.add("last", rest);
    t.add("last, 1 column", rest * static_cast<double>(w.inChannels));
    return t;
}

}  // namespace

KernelTerms dsp2020Convolution(const Workload& w) {
    // The kernel of 1x1 convolutions requires whole words of channels and stride 1.
    const bool strided = w.strideHeight > 1 || w.strideWidth > 1;
    return isPointwise(w) && w.inChannels % 4 == 0 && !strided ? pointwiseConvolution(w)
                                                               : gatheredConvolutionDsp2020(w);
}

KernelTerms dsp2020Depthwise(const Workload& w) {
    if (w.inChannels != w.outChannels)
        return depthwiseMultiplied(w, "DEPTHWISE_CONV_2D/multiplier", 1);
    KernelTerms t = dspDepthwiseGathered(w);
    const double words = static_cast<double>(w.pixels() * w.taps() * (w.inChannels / 4));
    const Misaligned off = misalignedOf(w.inChannels);
    t.add("4 channels, tap at half-words", words * off.halfWords);
    t.add("4 channels, tap at bytes", words * off.bytes);
    return t;
}

KernelTerms dsp2020FullyConnected(const Workload& w) {
    KernelTerms t{"FULLY_CONNECTED"};
    const double batch = static_cast<double>(w.batch);
    const double pairs = batch * static_cast<double>(w.outChannels / 2);
    const double odd = batch * static_cast<double>(w.outChannels % 2);
    const double fours = static_cast<double>(w.inChannels / 4);
    const double ones = static_cast<double>(w.inChannels % 4);
    const Misaligned off = misalignedOf(w.inChannels);
    t.add("call", 1);
    t.add("channel pair", pairs);
    t.add("channel pair, 4 columns", pairs * fours);
    t.add("channel pair, 4 columns at half-words", pairs * fours * off.halfWords);
    t.add("channel pair, 4 columns at bytes", pairs * fours * off.bytes);
    t.add("channel pair with 1s", ones > 0 ? pairs : 0);
    t.add("channel pair, 1 column", pairs * ones);
    t.add("channel pair with over 8 columns of 16 left", w.inChannels % 16 > 8 ? pairs : 0);
    t.add("last channel", odd);
    t.add("last channel, 4 columns", odd * fours);
    return t;
}

}  // namespace cost
