// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/circular_buffer.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status circularBuffer(const Call& call) {
    const auto& p = call.params<CircularBufferParams>();
    uint8_t* slices = call.output<uint8_t>();
    __builtin_memmove(slices, slices + p.sliceBytes, p.keptBytes);
    __builtin_memcpy(slices + p.keptBytes, call.input<uint8_t>(0), p.sliceBytes);
    int32_t& runs = *call.state<int32_t>(1);
    if (++runs < p.cycles) return Status::Skipped;
    runs = 0;
    return Status::Ok;
}

}  // namespace runtime
