// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/binary.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status addInt32(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    return combineElements<int32_t, int32_t>(
        call, p, [&p](int32_t a, int32_t b) { return clamp(wrapAdd(a, b), p.lowest, p.highest); });
}

}  // namespace runtime
