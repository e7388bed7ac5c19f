// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/dot.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/svdf.h"

namespace runtime {

Status svdfFloat32(const Call& call) {
    const auto& p = call.params<SvdfParams>();
    const float* input = call.input<float>(0);
    const float* timeWeights = call.input<float>(2);
    const float* bias = call.input<float>(3);
    float* state = call.state<float>(4);
    float* output = call.output<float>();
    const size_t values = static_cast<size_t>(p.batches) * p.filters * p.memory;
    if (values > 0) __builtin_memmove(state, state + 1, (values - 1) * sizeof(float));
    for (int32_t b = 0; b < p.batches; ++b, input += p.inputs) {
        const float* features = call.input<float>(1);
        for (int32_t unit = 0; unit < p.units; ++unit) {
            float sum = bias != nullptr ? bias[unit] : 0.0f;
            for (int32_t r = 0; r < p.rank; ++r, state += p.memory, features += p.inputs) {
                state[p.memory - 1] = dot(input, features, p.inputs, 0, 0.0f);
                const float* weights = timeWeights + (unit * p.rank + r) * p.memory;
                sum += dot(state, weights, p.memory, 0, 0.0f);
            }
            *output++ = clamp(sum, p.lowestFloat, p.highestFloat);
        }
    }
    return Status::Ok;
}

}  // namespace runtime
