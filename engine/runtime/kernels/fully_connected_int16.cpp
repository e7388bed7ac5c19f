// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/fully_connected.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status fullyConnectedInt16(const Call& call) {
    return multiplyIntegers<int16_t, int32_t>(call, call.input<int8_t>(1));
}

/// Accumulates in 64 bits, for 64-bit biases.
Status fullyConnectedInt16Wide(const Call& call) {
    return multiplyIntegers<int16_t, int64_t>(call, call.input<int8_t>(1));
}

}  // namespace runtime
