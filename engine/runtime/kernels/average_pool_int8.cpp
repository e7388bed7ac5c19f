// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/pool.h"

namespace runtime {

Status averagePoolInt8(const Call& call) {
    return averageIntegers<int8_t>(call);
}

}  // namespace runtime
