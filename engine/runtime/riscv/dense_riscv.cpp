// SPDX-License-Identifier: GPL-3.0-or-later
// FULLY_CONNECTED of int8: a convolution whose pixels are the rows of its input.
#include "runtime/kernels/fully_connected.h"
#include "runtime/riscv/riscv_convolution.h"
#include "runtime/riscv/riscv_kernels.h"

namespace runtime {

Status riscvFullyConnectedInt8(const Call& call) {
    const auto& p = call.params<FullyConnectedParams>();
    ConvParams conv;
    conv.window.batches = conv.window.inHeight = conv.window.outHeight = 1;
    conv.window.inWidth = conv.window.outWidth = p.batches;
    conv.window.inChannels = conv.filterChannels = p.depth;
    conv.window.outChannels = p.outputs;
    conv.window.filterHeight = conv.window.filterWidth = 1;
    conv.inputOffset = p.inputOffset, conv.outputOffset = p.outputOffset;
    conv.lowest = p.lowest, conv.highest = p.highest;
    conv.factors = p.factors;
    RiscvConvolution(call, conv, p.factors.count > 1 ? 1 : 0).run();
    return Status::Ok;
}

}  // namespace runtime
