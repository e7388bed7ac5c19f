// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/transpose_conv.h"

namespace runtime {

Status transposeConvFloat32(const Call& call) {
    const auto& p = call.params<ConvParams>();
    const Window& w = p.window;
    const float* bias = call.input<float>(2);
    float* output = call.output<float>();
    const size_t pixels = static_cast<size_t>(w.batches) * w.outHeight * w.outWidth;
    for (size_t i = 0; i < pixels * w.outChannels; ++i)
        output[i] = 0.0f;
    spread(p, call.input<float>(1), call.input<float>(0), output);
    for (size_t pixel = 0; pixel < pixels; ++pixel, output += w.outChannels)
        for (int32_t c = 0; c < w.outChannels; ++c)
            output[c] = clamp(output[c] + (bias != nullptr ? bias[c] : 0.0f), p.lowestFloat,
                              p.highestFloat);
    return Status::Ok;
}

}  // namespace runtime
