// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/fully_connected.h"
#include "runtime/kernels/int4.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status fullyConnectedInt4(const Call& call) {
    const auto& p = call.params<FullyConnectedParams>();
    int8_t* weights = call.scratch<int8_t>();
    unpackInt4(call.input<uint8_t>(1), static_cast<uint32_t>(p.outputs * p.depth), weights);
    return multiplyIntegers<int8_t, int32_t>(call, weights);
}

}  // namespace runtime
