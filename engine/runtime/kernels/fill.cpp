// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/fill.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status fill(const Call& call) {
    const size_t bytes = static_cast<size_t>(call.params<FillParams>().elementBytes);
    uint8_t* output = call.output<uint8_t>();
    for (size_t at = 0; at + bytes <= call.outputBytes(); at += bytes)
        __builtin_memcpy(output + at, call.input<uint8_t>(0), bytes);
    return Status::Ok;
}

Status constant(const Call& call) {
    const uint8_t* bytes = call.array<uint8_t>(call.params<ConstantParams>().bytes);
    if (bytes == nullptr)
        __builtin_memset(call.output<uint8_t>(), 0, call.outputBytes());
    else
        __builtin_memcpy(call.output<uint8_t>(), bytes, call.outputBytes());
    return Status::Ok;
}

}  // namespace runtime
