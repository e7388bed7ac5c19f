// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The loops of DEPTHWISE_CONV_2D: each output channel reads one input channel. A block of channels
// is summed together, so that the inner loop runs along memory.

#include "runtime/kernels/convolution.h"

namespace runtime {

constexpr int32_t kDepthwiseBlock = 32;

/// sums[c] += (x + offset) * w[c] over `count` channels. x advances with the channel where each
/// output channel has its own input channel, and is constant where one input feeds all.
template <typename T, typename W, typename Sum>
void accumulateTap(const T* x, bool advancing, const W* w, int32_t count, int32_t offset,
                   Sum* sums) {
    if (advancing) {
        for (int32_t c = 0; c < count; ++c)
            sums[c] = addTo(sums[c], product(x[c], w[c], offset));
    } else {
        for (int32_t c = 0; c < count; ++c)
            sums[c] = addTo(sums[c], product(*x, w[c], offset));
    }
}

/// Sums the channels [channel, channel + count) at one output position.
template <typename T, typename W, typename Sum>
void depthwiseAt(const ConvParams& p, const Pixel& at, const T* input, const W* filter,
                 int32_t channel, int32_t count, Sum* sums) {
    const Window& w = p.window;
    const bool advancing = p.depthMultiplier == 1;
    const int32_t inputChannel = channel / p.depthMultiplier;
    for (int32_t tapY = at.y.begin; tapY < at.y.end; ++tapY) {
        for (int32_t tapX = at.x.begin; tapX < at.x.end; ++tapX) {
            const T* x = input + inputIndex(w, at, tapY, tapX) + inputChannel;
            const W* weights = filter +
                               static_cast<size_t>(tapY * w.filterWidth + tapX) *
                                   static_cast<size_t>(w.outChannels) +
                               channel;
            accumulateTap(x, advancing, weights, count, p.inputOffset, sums);
        }
    }
}

/// Calls finish(index in the output, channel, sum) for every output value.
template <typename Sum, typename T, typename W, typename Finish>
void depthwise(const ConvParams& p, const T* input, const W* filter, const Sum* bias,
               Finish finish) {
    const int32_t channels = p.window.outChannels;
    const int32_t span = p.depthMultiplier == 1 ? channels : p.depthMultiplier;
    forEachPixel(p.window, [&](const Pixel& at) {
        for (int32_t first = 0; first < channels; first += span) {
            for (int32_t c = first; c < first + span; c += kDepthwiseBlock) {
                const int32_t left = first + span - c;
                const int32_t count = left < kDepthwiseBlock ? left : kDepthwiseBlock;
                Sum sums[kDepthwiseBlock];
                for (int32_t i = 0; i < count; ++i)
                    sums[i] = bias != nullptr ? bias[c + i] : 0;
                depthwiseAt(p, at, input, filter, c, count, sums);
                for (int32_t i = 0; i < count; ++i)
                    finish(at.output + static_cast<size_t>(c + i), c + i, sums[i]);
            }
        }
    });
}

/// DEPTHWISE_CONV_2D on integers; Sum is the type of accumulator and bias.
template <typename T, typename Sum>
Status depthwiseIntegers(const Call& call, const int8_t* filter) {
    const auto& p = call.params<ConvParams>();
    const Factor* factors = call.array<Factor>(p.factors);
    T* output = call.output<T>();
    depthwise<Sum>(p, call.input<T>(0), filter, call.input<Sum>(2),
                   [&](size_t index, int32_t channel, Sum sum) {
                       output[index] = static_cast<T>(
                           clamp(wrapAdd(multiplyByFactor(sum, factors[channel]), p.outputOffset),
                                 p.lowest, p.highest));
                   });
    return Status::Ok;
}

}  // namespace runtime
