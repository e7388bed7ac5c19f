// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/depthwise.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status depthwiseConvFloat32(const Call& call) {
    const auto& p = call.params<ConvParams>();
    const float* bias = call.input<float>(2);
    float* output = call.output<float>();
    // Adds the bias last, like the reference, for equal rounding.
    depthwise<float>(p, call.input<float>(0), call.input<float>(1), static_cast<float*>(nullptr),
                     [&](size_t index, int32_t channel, float sum) {
                         output[index] = clamp(sum + (bias != nullptr ? bias[channel] : 0.0f),
                                               p.lowestFloat, p.highestFloat);
                     });
    return Status::Ok;
}

}  // namespace runtime
