// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/softmax.h"

namespace runtime {

Status softmaxFloat32(const Call& call) {
    const auto& p = call.params<SoftmaxParams>();
    const float* row = call.input<float>(0);
    float* output = call.output<float>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth, output += p.depth) {
        float best = -kFloatMax;
        for (int32_t i = 0; i < p.depth; ++i)
            best = row[i] > best ? row[i] : best;
        float sum = 0.0f;
        for (int32_t i = 0; i < p.depth; ++i) {
            output[i] = expFloat((row[i] - best) * p.beta);
            sum += output[i];
        }
        for (int32_t i = 0; i < p.depth; ++i)
            output[i] /= sum;
    }
    return Status::Ok;
}

}  // namespace runtime
