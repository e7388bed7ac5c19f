// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/binary.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status addFloat32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<float, float>(
        call, p, [&p](float a, float b) { return clamp(a + b, p.lowestFloat, p.highestFloat); });
}

}  // namespace runtime
