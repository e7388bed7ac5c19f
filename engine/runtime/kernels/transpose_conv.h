// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TRANSPOSE_CONV: adds every input value to the outputs that its filter window covers. Operands:
// filter (OHWI), input (NHWC), optional bias; output; integers also one sum of scratch per output.
// ConvParams as in convolution.h; the window's in and out sizes are those of the tensors, its
// strides and padding those of the output positions.

#include "runtime/kernels/convolution.h"

namespace runtime {

/// Adds all products to `sums`, which the caller sets to zero.
template <typename T, typename W, typename Sum>
void spread(const ConvParams& p, const T* input, const W* filter, Sum* sums) {
    const Window& w = p.window;
    const size_t filterPixel = static_cast<size_t>(w.inChannels);
    const size_t filterSize = filterPixel * w.filterWidth * w.filterHeight;
    for (int32_t b = 0; b < w.batches; ++b) {
        for (int32_t y = 0; y < w.inHeight; ++y) {
            for (int32_t x = 0; x < w.inWidth; ++x, input += w.inChannels) {
                const int32_t top = y * w.strideHeight - w.padTop;
                const int32_t left = x * w.strideWidth - w.padLeft;
                for (int32_t tapY = 0; tapY < w.filterHeight; ++tapY) {
                    const int32_t outY = top + tapY;
                    if (outY < 0 || outY >= w.outHeight) continue;
                    for (int32_t tapX = 0; tapX < w.filterWidth; ++tapX) {
                        const int32_t outX = left + tapX;
                        if (outX < 0 || outX >= w.outWidth) continue;
                        const W* weights = filter + (tapY * w.filterWidth + tapX) * filterPixel;
                        Sum* sum =
                            sums +
                            ((static_cast<size_t>(b) * w.outHeight + outY) * w.outWidth + outX) *
                                w.outChannels;
                        for (int32_t c = 0; c < w.outChannels; ++c, weights += filterSize)
                            sum[c] = dot(input, weights, w.inChannels, p.inputOffset, sum[c]);
                    }
                }
            }
        }
    }
}

template <typename T, typename Sum>
Status spreadIntegers(const Call& call) {
    const auto& p = call.params<ConvParams>();
    const Window& w = p.window;
    const Factor* factors = call.array<Factor>(p.factors);
    const Sum* bias = call.input<Sum>(2);
    Sum* sums = call.scratch<Sum>();
    T* output = call.output<T>();
    const size_t pixels = static_cast<size_t>(w.batches) * w.outHeight * w.outWidth;
    __builtin_memset(sums, 0, pixels * w.outChannels * sizeof(Sum));
    spread(p, call.input<T>(1), call.input<int8_t>(0), sums);
    for (size_t pixel = 0; pixel < pixels; ++pixel) {
        for (int32_t c = 0; c < w.outChannels; ++c) {
            const Sum sum = wrapSum(*sums++, bias != nullptr ? bias[c] : Sum{0});
            *output++ = static_cast<T>(clamp(
                wrapAdd(multiplyByFactor(sum, factors[c]), p.outputOffset), p.lowest, p.highest));
        }
    }
    return Status::Ok;
}

}  // namespace runtime
