// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/riscv/riscv_convolution.h"
#include "runtime/riscv/riscv_kernels.h"

namespace runtime {

Status riscvConvInt8(const Call& call) {
    RiscvConvolution(call, call.params<ConvParams>(), 1).run();
    return Status::Ok;
}

}  // namespace runtime
