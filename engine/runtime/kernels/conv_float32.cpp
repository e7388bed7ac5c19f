// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/convolution.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

// Sums `count` (1 or 4) neighbouring output channels of one group, before bias.
void sumChannels(const ConvParams& p, const Pixel& at, const float* input, const float* filter,
                 int32_t channel, int32_t count, float* sums) {
    const size_t stride = channelWeights(p);
    const float* weights = filter + static_cast<size_t>(channel) * stride;
    for (int32_t i = 0; i < count; ++i)
        sums[i] = 0.0f;
    forEachRun(p, at, channel / channelsPerGroup(p), [&](size_t in, size_t tap, int32_t length) {
        if (count == 4)
            dotFour(input + in, weights + tap, stride, length, sums);
        else
            sums[0] = dot(input + in, weights + tap, length, 0, sums[0]);
    });
}

}  // namespace

Status convFloat32(const Call& call) {
    const auto& p = call.params<ConvParams>();
    const float* bias = call.input<float>(2);
    float* output = call.output<float>();
    const int32_t block = channelsPerGroup(p) % 4 == 0 ? 4 : 1;
    forEachPixel(p.window, [&](const Pixel& at) {
        for (int32_t c = 0; c < p.window.outChannels; c += block) {
            float sums[4];
            sumChannels(p, at, call.input<float>(0), call.input<float>(1), c, block, sums);
            for (int32_t i = 0; i < block; ++i)
                output[at.output + static_cast<size_t>(c + i)] =
                    clamp(sums[i] + (bias != nullptr ? bias[c + i] : 0.0f), p.lowestFloat,
                          p.highestFloat);
        }
    });
    return Status::Ok;
}

}  // namespace runtime
