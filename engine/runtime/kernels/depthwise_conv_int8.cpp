// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/depthwise.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status depthwiseConvInt8(const Call& call) {
    return depthwiseIntegers<int8_t, int32_t>(call, call.input<int8_t>(1));
}

}  // namespace runtime
