// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/pool.h"

namespace runtime {

Status maxPoolFloat32(const Call& call) {
    const auto& p = call.params<PoolParams>();
    pool(
        p.window, call.input<float>(0), call.output<float>(), -kFloatMax,
        [](float best, float value) { return value > best ? value : best; },
        [&p](float best, int32_t) { return clamp(best, p.lowestFloat, p.highestFloat); });
    return Status::Ok;
}

}  // namespace runtime
