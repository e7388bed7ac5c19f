// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/reduce.h"

namespace runtime {

Status sumFloat32(const Call& call) {
    const auto& p = call.params<ReduceParams>();
    float* output = call.output<float>();
    sumUp(p, call.input<float>(0), output, [](float sum, float value) { return sum + value; });
    if (p.divisor != 1)
        for (int32_t i = 0; i < p.outputs; ++i)
            output[i] /= static_cast<float>(p.divisor);
    return Status::Ok;
}

}  // namespace runtime
