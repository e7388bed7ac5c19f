// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/add.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status addInt8(const Call& call) {
    return addQuantized<int8_t>(call);
}

}  // namespace runtime
