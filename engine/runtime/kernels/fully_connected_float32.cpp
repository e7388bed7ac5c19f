// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/fully_connected.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status fullyConnectedFloat32(const Call& call) {
    const auto& p = call.params<FullyConnectedParams>();
    const float* row = call.input<float>(0);
    const float* weights = call.input<float>(1);
    const float* bias = call.input<float>(2);
    float* output = call.output<float>();
    const size_t depth = static_cast<size_t>(p.depth);
    const int32_t block = p.outputs % 4 == 0 ? 4 : 1;
    for (int32_t batch = 0; batch < p.batches; ++batch, row += depth) {
        const float* w = weights;
        for (int32_t out = 0; out < p.outputs; out += block, w += depth * block) {
            float sums[4] = {};
            if (block == 4)
                dotFour(row, w, depth, p.depth, sums);
            else
                sums[0] = dot(row, w, p.depth, 0, 0.0f);
            for (int32_t i = 0; i < block; ++i)
                *output++ = clamp(sums[i] + (bias != nullptr ? bias[out + i] : 0.0f), p.lowestFloat,
                                  p.highestFloat);
        }
    }
    return Status::Ok;
}

}  // namespace runtime
