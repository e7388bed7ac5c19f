// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CONV_2D and DEPTHWISE_CONV_2D: parameters, and the loops shared by all element types. Operands:
// input (NHWC), filter (CONV_2D: OHWI, DEPTHWISE: 1HWO), optional bias; output (NHWC). Integers:
// sum of (input + inputOffset) * weight + bias, times the channel's factor, plus outputOffset,
// clamped. Weights are symmetric. Sums wrap as two's complement.

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"
#include "runtime/kernels/dot.h"
#include "runtime/kernels/window.h"

namespace runtime {

struct ConvParams {
    Window window;
    int32_t filterChannels = 0;   ///< CONV_2D: input channels of one group
    int32_t depthMultiplier = 1;  ///< DEPTHWISE: output channels per input channel
    int32_t inputOffset = 0, outputOffset = 0;
    int32_t lowest = 0, highest = 0;                ///< clamp of integer results
    float lowestFloat = 0.0f, highestFloat = 0.0f;  ///< clamp of float results
    Part factors;                                   ///< Factor per output channel
};

/// Scratch bytes of the kernels with 4-bit weights: the filter unpacked to one weight per byte.
inline uint32_t unpackedFilterBytes(uint32_t weights) {
    return weights;
}

/// Calls visit(index in the input, index in the channel's filter, count) for each contiguous run of
/// CONV_2D's taps inside the image, in order, for one output value.
template <typename Visit>
void forEachRun(const ConvParams& p, const Pixel& at, int32_t group, Visit visit) {
    const Window& w = p.window;
    const bool joined = w.dilationWidth == 1 && p.filterChannels == w.inChannels;
    const int32_t taps = at.x.end - at.x.begin;
    const int32_t runs = joined ? 1 : taps;
    const int32_t length = joined ? taps * p.filterChannels : p.filterChannels;
    const size_t inputStep = static_cast<size_t>(w.dilationWidth) * w.inChannels;
    for (int32_t tapY = at.y.begin; tapY < at.y.end; ++tapY) {
        size_t input = inputIndex(w, at, tapY, at.x.begin) + group * p.filterChannels;
        size_t tap = static_cast<size_t>(tapY * w.filterWidth + at.x.begin) * p.filterChannels;
        for (int32_t run = 0; run < runs; ++run) {
            visit(input, tap, length);
            input += inputStep;
            tap += p.filterChannels;
        }
    }
}

/// Number of weights of one output channel.
inline size_t channelWeights(const ConvParams& p) {
    return static_cast<size_t>(p.window.filterHeight) * p.window.filterWidth * p.filterChannels;
}

/// Number of output channels that read the same input channels.
inline int32_t channelsPerGroup(const ConvParams& p) {
    return p.window.outChannels / (p.window.inChannels / p.filterChannels);
}

/// CONV_2D on integers; Sum is the type of accumulator and bias.
template <typename T, typename Sum>
Status convolveIntegers(const Call& call, const int8_t* filter) {
    const auto& p = call.params<ConvParams>();
    const T* input = call.input<T>(0);
    const Sum* bias = call.input<Sum>(2);
    const Factor* factors = call.array<Factor>(p.factors);
    const size_t weightCount = channelWeights(p);
    const int32_t groupSize = channelsPerGroup(p);
    T* output = call.output<T>();
    forEachPixel(p.window, [&](const Pixel& at) {
        const int8_t* weights = filter;
        int32_t group = 0, groupEnd = groupSize;
        for (int32_t c = 0; c < p.window.outChannels; ++c, weights += weightCount) {
            if (c == groupEnd) ++group, groupEnd += groupSize;
            Sum sum = bias != nullptr ? bias[c] : 0;
            forEachRun(p, at, group, [&](size_t in, size_t tap, int32_t count) {
                sum = dot(input + in, weights + tap, count, p.inputOffset, sum);
            });
            output[at.output + static_cast<size_t>(c)] = static_cast<T>(clamp(
                wrapAdd(multiplyByFactor(sum, factors[c]), p.outputOffset), p.lowest, p.highest));
        }
    });
    return Status::Ok;
}

}  // namespace runtime
