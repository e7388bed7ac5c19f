// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/pool.h"

namespace runtime {

Status maxPoolInt8(const Call& call) {
    return maximumIntegers<int8_t>(call, INT8_MIN);
}

}  // namespace runtime
