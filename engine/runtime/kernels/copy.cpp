// SPDX-License-Identifier: GPL-3.0-or-later
// RESHAPE, SQUEEZE, EXPAND_DIMS: the same bytes under another shape.
#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status copy(const Call& call) {
    __builtin_memcpy(call.output<uint8_t>(), call.input<uint8_t>(0), call.outputBytes());
    return Status::Ok;
}

}  // namespace runtime
