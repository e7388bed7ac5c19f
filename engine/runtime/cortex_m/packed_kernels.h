// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kernels for Cortex-M cores with the DSP extension or MVE, and the layers that
// lowering packs for them: weights in the order in which the inner loop reads them, biases that
// include the input's zero point, factors in the form that the instructions take. Results are
// bit-identical to the plain kernels; lowering leaves a layer to the plain kernel where it cannot
// prove this.
//
// Both instruction sets share ids and parameter structs but differ in the order of packing, so a
// Program is packed for one of them. Kernels of both may read up to kOverread bytes beyond an
// operand; lowering adds these to arena and state.

#include "runtime/kernel.h"
#include "runtime/kernels/kernel_set.h"
#include "runtime/kernels/window.h"

// clang-format off
#define NETCALIPER_PACKED_KERNELS(X) \
    X(PackedConvInt8, packedConvInt8) \
    X(PackedDepthwiseInt8, packedDepthwiseInt8) \
    X(PackedConvInt16, packedConvInt16) \
    X(PackedDepthwiseInt16, packedDepthwiseInt16) \
    X(PackedLstmInt8, packedLstmInt8) \
    X(PackedSvdfInt8, packedSvdfInt8) \
    X(PackedSvdfInt16, packedSvdfInt16)
// clang-format on

namespace runtime {

enum class PackedKernel : uint16_t {
    BeforeFirst = kFirstPackedKernel - 1,
#define NETCALIPER_ENUMERATOR(id, function) id,
    NETCALIPER_PACKED_KERNELS(NETCALIPER_ENUMERATOR)
#undef NETCALIPER_ENUMERATOR
};

#define NETCALIPER_DECLARATION(id, function) Status function(const Call& call);
NETCALIPER_PACKED_KERNELS(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

constexpr int32_t kOverread = 16;

/// Number of output channels whose weights are interleaved and that share a pass over the inputs.
constexpr int32_t kChannelBlock = 4;

/// The instruction sets, which determine the order of packing: types::Isa without Portable, since
/// the runtime must not include types.
enum class PackedIsa : uint8_t { Dsp, Mve };

/// Taps per iteration of the inner loop; rows of weights are padded to whole groups.
constexpr int32_t groupOf(PackedIsa isa) {
    return isa == PackedIsa::Mve ? 16 : 4;
}
/// The same for 16-bit activations.
constexpr int32_t halfwordGroupOf(PackedIsa isa) {
    return isa == PackedIsa::Mve ? 8 : 4;
}

/// Converts an accumulator a, |a| < 2^30, to a code with a factor below 1/2: h = round(a *
/// multiplier / 2^31), code = (h + addend - (a < 0)) >> shift, then clamped. The addend holds one
/// half for rounding and the output's zero point, both scaled by 2^shift. The sign of a may replace
/// the sign of h because shift is at least 1.
struct DspChannel {
    int32_t bias, multiplier, addend, shift;
};

/// The same for four channels of a vector. Shifts are negated: MVE only shifts left by a register.
struct MveChannels {
    int32_t bias[4], multiplier[4], negatedShift[4];
};

/// CONV_2D of one group and FULLY_CONNECTED (its rows are the pixels of a 1x1 window).
/// DSP: weights int8 [group of pairs of channels][depth / 4][pair][2 words][2 taps][2 channels];
/// the words hold taps 0 and 2, 1 and 3 of the four. A group is one pair, or two where
/// columnPixels() is one; a DspChannel per channel, also for those that fill up the last group.
/// MVE: weights int8 [block of four channels][depth / 16][4 channels][16], an MveChannels per
/// block. Scratch: packedConvScratch() bytes.
struct PackedConvParams {
    Window window;
    int32_t depth = 0;      ///< taps of one channel, padded with zero weights to whole groups
    int32_t pointwise = 0;  ///< 1: 1x1, stride 1: pixels are contiguous in memory
    /// DSP, 1: two weights a and b of a pair are stored as the 16-bit number 256 b + a, and the
    /// bias of b is doubled. The dot products of b, without bias, fit 24 bits.
    int32_t fused = 0;
    int32_t padding = 0;  ///< code of real zero, for taps outside the image
    int32_t outputOffset = 0;
    int32_t lowest = 0, highest = 0;
    Part weights, channels;
};

/// Pixels that the DSP kernel computes at once. Layers of one or two pixels, which read every
/// weight once or twice, take more channels at once instead.
constexpr int32_t columnPixels(const Window& w) {
    return w.batches * w.outHeight * w.outWidth < 3 ? 1 : 3;
}

/// Bytes for the taps of columnPixels() in 16 bits, and in 8 bits where their channels are not
/// whole words (DSP); or for two pixels' taps in 8 bits (MVE). Pixels that lie contiguous in memory
/// are read from there.
constexpr int32_t packedConvScratch(const PackedConvParams& p, PackedIsa isa) {
    if (isa == PackedIsa::Mve) return p.pointwise != 0 ? 0 : 2 * p.depth;
    const bool copies = p.pointwise == 0 && p.window.inChannels % 4 != 0;
    const int32_t taps = columnPixels(p.window) * p.depth;
    return 2 * taps + (copies ? taps + kOverread : 0);
}

/// Converts a sum of int16 x int8 products that fits 32 bits to a code, bit-identical to the plain
/// 64-bit sum: the high word of start + sum * multiplier. `start` holds the bias times the
/// multiplier and one half for rounding; all terms wrap alike, so the bias may have any size.
/// Factors lie in [2^-18, 1/2).
struct WideChannel {
    int64_t start;
    int32_t multiplier;
    int32_t unused;
};

/// CONV_2D of one group and FULLY_CONNECTED on int16 with 64-bit sums: PackedConvParams with
/// weights int8 [block of four channels][depth / group][4 channels][group], group as in
/// halfwordGroupOf(), for DSP each four in the order 0 2 1 3, and a WideChannel per channel.
constexpr int32_t packedConvInt16Scratch(const PackedConvParams& p) {
    return p.pointwise != 0 ? 0 : 4 * p.depth + kOverread;
}

/// DEPTHWISE_CONV_2D, int8 or int16. For DSP the number of taps is even; a tap of zero weights is
/// added to an odd number. With several output channels per input channel, each pass computes one
/// output channel of every input channel, padded to whole blocks; its results are stored
/// `multiplier` apart.
/// DSP, int8: where computesRows() as depthwise_rows.h says; else weights int16 [block of 4
/// channels][taps / 2][channel 0 2 1 3][2 taps]; a DspChannel per channel. int16: weights int16
/// [block of 4 channels][tap][4 channels]; a WideChannel each.
/// MVE, int8: weights int8 [block of 16 channels][tap][16], whose taps 2i and 2i + 1 are not both
/// -128; per block four MveChannels, for the channels 4i + j with j = 0 2 1 3, the order after
/// widening twice. int16: weights int8 [block of 8 channels][tap][8]; per block two MveChannels,
/// for even and for odd channels: the sum with its bias fits 32 bits, and a code is round(sum *
/// multiplier / 2^32).
/// Scratch: packedDepthwiseScratch() bytes.
struct PackedDepthwiseParams {
    Window window;
    int32_t taps = 0;        ///< including an added tap (DSP)
    int32_t multiplier = 1;  ///< output channels per input channel
    int32_t padding = 0;
    int32_t outputOffset = 0;
    int32_t lowest = 0, highest = 0;
    Part weights, channels;
};

constexpr int32_t outputsPerInput(const Window& w) {
    return w.outChannels / w.inChannels;
}
/// Largest multiplier for which MVE scatters a vector of bytes.
constexpr int32_t kMaxScattered = 16;

constexpr int32_t paddingPixelBytes(const PackedDepthwiseParams& p, int32_t elementBytes) {
    return (p.window.inChannels * elementBytes + kOverread) / 16 * 16 + 16;
}

/// Bytes for a pixel of padding and, on 32-bit cores, an address per tap and two nulls after them.
constexpr int32_t packedDepthwiseScratch(const PackedDepthwiseParams& p, int32_t elementBytes) {
    return paddingPixelBytes(p, elementBytes) + 4 * (p.taps + 2);
}
/// The same for MVE: whole vectors of addresses.
constexpr int32_t mveDepthwiseScratch(const PackedDepthwiseParams& p, int32_t elementBytes) {
    return paddingPixelBytes(p, elementBytes) + (p.taps + 3) / 4 * 16;
}

}  // namespace runtime
