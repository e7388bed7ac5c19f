// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/depthwise.h"
#include "runtime/kernels/int4.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status depthwiseConvInt4(const Call& call) {
    const Window& w = call.params<ConvParams>().window;
    const int32_t count = w.outChannels * w.filterHeight * w.filterWidth;
    int8_t* filter = call.scratch<int8_t>();
    unpackInt4(call.input<uint8_t>(1), static_cast<uint32_t>(count), filter);
    return depthwiseIntegers<int8_t, int32_t>(call, filter);
}

}  // namespace runtime
