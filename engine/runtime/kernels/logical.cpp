// SPDX-License-Identifier: GPL-3.0-or-later
// LOGICAL_AND, LOGICAL_OR, LOGICAL_NOT. Every byte but zero is true.
#include "runtime/kernels/binary.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status logicalAnd(const Call& call) {
    return combineElements<uint8_t, uint8_t>(
        call, call.params<BinaryParams>(),
        [](uint8_t a, uint8_t b) { return static_cast<uint8_t>(a != 0 && b != 0); });
}

Status logicalOr(const Call& call) {
    return combineElements<uint8_t, uint8_t>(
        call, call.params<BinaryParams>(),
        [](uint8_t a, uint8_t b) { return static_cast<uint8_t>(a != 0 || b != 0); });
}

Status logicalNot(const Call& call) {
    const uint8_t* input = call.input<uint8_t>(0);
    uint8_t* output = call.output<uint8_t>();
    for (uint32_t i = 0; i < call.outputBytes(); ++i)
        output[i] = input[i] == 0;
    return Status::Ok;
}

}  // namespace runtime
