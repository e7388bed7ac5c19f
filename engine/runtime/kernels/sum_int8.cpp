// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/reduce.h"

namespace runtime {

Status sumInt8(const Call& call) {
    return sumIntegers<int8_t>(call);
}

}  // namespace runtime
