// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/pool.h"

namespace runtime {

Status maxPoolInt16(const Call& call) {
    return maximumIntegers<int16_t>(call, INT16_MIN);
}

}  // namespace runtime
