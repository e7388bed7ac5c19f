// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/fast_kernels.h"

#include "runtime/host/fast_kernel_list.h"

namespace runtime {
namespace {

using Prepare = FastPlan (*)(const Call& call, KernelId id, uint8_t* side);

Prepare familyOf(KernelId id) {
    switch (id) {
        case KernelId::ConvInt8:
        case KernelId::ConvInt4:
        case KernelId::FullyConnectedInt8:
        case KernelId::FullyConnectedInt4: return prepareConvInt8;
        case KernelId::DepthwiseConvInt8:
        case KernelId::DepthwiseConvInt4: return prepareDepthwiseInt8;
        default: return nullptr;
    }
}

// Packing reads weights and biases, so they must be in the program; other operands of these
// families are activations.
bool hasConstantWeights(const Program& program, const OpRecord& op) {
    const int32_t* operands = program.at<int32_t>(op.operands);
    for (uint32_t i = 1; i < op.inputs; ++i)
        if (operands[i] >= 0 && program.tensor(operands[i]).place != Place::Constant) return false;
    return true;
}

FastPlan prepare(const Program& program, const OpRecord& op, uint8_t* side) {
    const auto id = static_cast<KernelId>(op.kernel);
    const Prepare family = familyOf(id);
    if (family == nullptr || !hasConstantWeights(program, op)) return {};
    return family(Call(program, Memory{}, op), id, side);
}

}  // namespace

FastPlan planFast(const Program& program, const OpRecord& op) {
    return prepare(program, op, nullptr);
}

void packFast(const Program& program, const OpRecord& op, uint8_t* side) {
    prepare(program, op, side);
}

}  // namespace runtime
