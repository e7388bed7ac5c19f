// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/convolution.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status convInt8(const Call& call) {
    return convolveIntegers<int8_t, int32_t>(call, call.input<int8_t>(1));
}

}  // namespace runtime
