// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kernels of Cortex-M cores with the DSP extension or with MVE, and the layers that lowering packs
// for them: weights in the order the inner loop reads them, biases that hold the input's zero
// point, factors in the form the core's instructions want. Results are bit for bit those of the
// plain kernels; where a layer is outside of what a packed kernel can prove, lowering leaves it to
// the plain one.
//
// Both instruction sets share ids and parameter structs; the orders of packing differ, so a Program
// is packed for one of them. Kernels of both may read up to kOverread bytes beyond an operand;
// lowering adds these to arena and state.

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

/// Output channels whose weights stand together, and that share a pass over the inputs.
constexpr int32_t kChannelBlock = 4;

/// For which instructions, and so in which order, a layer is packed: types::Isa without its
/// portable one, for the runtime includes nothing of types.
enum class PackedIsa : uint8_t { Dsp, Mve };

/// Taps that the inner loop takes at a time; rows of weights are padded to whole groups.
constexpr int32_t groupOf(PackedIsa isa) {
    return isa == PackedIsa::Mve ? 16 : 4;
}
/// The same for activations of 16 bits.
constexpr int32_t halfwordGroupOf(PackedIsa isa) {
    return isa == PackedIsa::Mve ? 8 : 4;
}

/// How an accumulator a of |a| < 2^30 becomes a code, for a factor below 1/2: with
/// h = round(a * multiplier / 2^31), (h + addend - (a < 0)) >> shift, then clamped. The addend
/// holds one half for rounding and the output's zero point, both scaled by 2^shift. That the sign
/// of a may stand for the sign of h rests on shift being at least 1.
struct DspChannel {
    int32_t bias, multiplier, addend, shift;
};

/// The same for four channels of a vector; negated shifts are what MVE's shift to the left wants.
struct MveChannels {
    int32_t bias[4], multiplier[4], negatedShift[4];
};

/// CONV_2D of one group and FULLY_CONNECTED (its rows are pixels of a 1x1 window).
/// Weights: int8 [block of four channels][depth / group][4 channels][group], group as groupOf().
/// Channels: a DspChannel per channel or an MveChannels per block.
/// Scratch: packedConvScratch() bytes.
struct PackedConvParams {
    Window window;
    int32_t depth = 0;      ///< taps of one channel, padded with zero weights to whole groups
    int32_t pointwise = 0;  ///< 1: 1x1, stride 1: pixels follow each other in memory
    int32_t padding = 0;    ///< code of real zero, for taps outside of the image
    int32_t outputOffset = 0;
    int32_t lowest = 0, highest = 0;
    Part weights, channels;
};

/// Room for two pixels' taps: 16 bits each (DSP, which also gathers bytes before it widens them),
/// or bytes (MVE, none where pixels are read as they lie in the image).
constexpr int32_t packedConvScratch(const PackedConvParams& p, PackedIsa isa) {
    if (isa == PackedIsa::Mve) return p.pointwise != 0 ? 0 : 2 * p.depth + kOverread;
    return 4 * p.depth + (p.pointwise != 0 ? 0 : p.depth + kOverread);
}

/// How a sum of products of int16 and int8 that fits 32 bits becomes a code, bit for bit as the
/// plain 64-bit sum does: the high word of start + sum * multiplier. The start holds the bias times
/// the multiplier and one half for rounding; all of it wraps alike, so the bias may have any size.
/// Factors lie in [2^-18, 1/2).
struct WideChannel {
    int64_t start;
    int32_t multiplier;
    int32_t unused;
};

/// CONV_2D of one group and FULLY_CONNECTED on int16 with 64-bit sums: PackedConvParams, where
/// weights stand as above by halfwordGroupOf(), with DSP each four in the order 0 2 1 3, and
/// every channel has a WideChannel.
constexpr int32_t packedConvInt16Scratch(const PackedConvParams& p) {
    return p.pointwise != 0 ? 0 : 4 * p.depth + kOverread;
}

/// DEPTHWISE_CONV_2D, int8 or int16. The number of taps is even; a last one of zero weights may be
/// added. Several output channels of each input channel are as many passes, each with a channel of
/// every input channel, padded to whole blocks; its results stand `multiplier` apart.
/// DSP, int8: weights int16 [block of 4 channels][taps / 2][channel 0 2 1 3][2 taps]; a DspChannel
/// per channel. int16: weights int16 [block of 4 channels][tap][4 channels]; a WideChannel each.
/// MVE, int8: weights int8 [block of 16 channels][tap][16]; per block four MveChannels, for the
/// channels 4i + j with j = 0 2 1 3: the order in which widening twice leaves them. int16: weights
/// int8 [block of 8 channels][tap][8]; per block two MveChannels, for even and for odd channels:
/// the sum with its bias fits 32 bits, and a code is round(sum * multiplier / 2^32).
/// Scratch: packedDepthwiseScratch() bytes.
struct PackedDepthwiseParams {
    Window window;
    int32_t taps = 0;        ///< with the added one
    int32_t multiplier = 1;  ///< output channels of an input channel
    int32_t padding = 0;
    int32_t outputOffset = 0;
    int32_t lowest = 0, highest = 0;
    Part weights, channels;
};

constexpr int32_t outputsPerInput(const Window& w) {
    return w.outChannels / w.inChannels;
}
/// The largest multiplier for which MVE scatters a vector of bytes.
constexpr int32_t kMaxScattered = 16;

constexpr int32_t paddingPixelBytes(const PackedDepthwiseParams& p, int32_t elementBytes) {
    return (p.window.inChannels * elementBytes + kOverread) / 16 * 16 + 16;
}

/// A pixel of padding, and on 32-bit cores an address for each tap and two nulls behind them.
constexpr int32_t packedDepthwiseScratch(const PackedDepthwiseParams& p, int32_t elementBytes) {
    return paddingPixelBytes(p, elementBytes) + 4 * (p.taps + 2);
}

}  // namespace runtime
