// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/fast_kernels.h"

#include "runtime/host/fast_kernel_list.h"

namespace runtime {
namespace {

using Prepare = FastPlan (*)(const Call& call, KernelId id, uint8_t* side);

/// Families whose side block holds weights.
Prepare weightedFamilyOf(KernelId id) {
    switch (id) {
        case KernelId::ConvInt8:
        case KernelId::ConvInt4:
        case KernelId::FullyConnectedInt8:
        case KernelId::FullyConnectedInt4: return prepareConvInt8;
        case KernelId::ConvFloat32:
        case KernelId::FullyConnectedFloat32: return prepareConvFloat32;
        case KernelId::DepthwiseConvInt8:
        case KernelId::DepthwiseConvInt4: return prepareDepthwiseInt8;
        case KernelId::DepthwiseConvFloat32: return prepareDepthwiseFloat32;
        default: return nullptr;
    }
}

Prepare familyOf(KernelId id) {
    switch (id) {
        case KernelId::AddInt8:
        case KernelId::SubInt8:
        case KernelId::MulInt8: return prepareBinaryInt8;
        case KernelId::AddFloat32:
        case KernelId::SubFloat32:
        case KernelId::MulFloat32: return prepareBinaryFloat32;
        case KernelId::AveragePoolInt8:
        case KernelId::MaxPoolInt8:
        case KernelId::AveragePoolFloat32:
        case KernelId::MaxPoolFloat32: return preparePooling;
        default: return nullptr;
    }
}

// Packing reads weights and biases, so they must be in the program.
bool hasConstantWeights(const Program& program, const OpRecord& op) {
    const int32_t* operands = program.at<int32_t>(op.operands);
    for (uint32_t i = 1; i < op.inputs; ++i)
        if (operands[i] >= 0 && program.tensor(operands[i]).place != Place::Constant) return false;
    return true;
}

FastPlan prepare(const Program& program, const OpRecord& op, uint8_t* side) {
    const auto id = static_cast<KernelId>(op.kernel);
    const Call call(program, Memory{}, op);
    if (const Prepare weighted = weightedFamilyOf(id))
        return hasConstantWeights(program, op) ? weighted(call, id, side) : FastPlan{};
    const Prepare family = familyOf(id);
    return family != nullptr ? family(call, id, side) : FastPlan{};
}

}  // namespace

FastPlan planFast(const Program& program, const OpRecord& op) {
    return prepare(program, op, nullptr);
}

void packFast(const Program& program, const OpRecord& op, uint8_t* side) {
    prepare(program, op, side);
}

}  // namespace runtime
