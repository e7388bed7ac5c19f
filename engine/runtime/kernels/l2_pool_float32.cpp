// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/pool.h"

namespace runtime {

Status l2PoolFloat32(const Call& call) {
    const auto& p = call.params<PoolParams>();
    pool(
        p.window, call.input<float>(0), call.output<float>(), 0.0f,
        [](float sum, float value) { return sum + value * value; },
        [&p](float sum, int32_t count) {
            return clamp(sqrtFloat(sum / static_cast<float>(count)), p.lowestFloat, p.highestFloat);
        });
    return Status::Ok;
}

}  // namespace runtime
