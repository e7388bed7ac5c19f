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
        case KernelId::TransposeConvInt8:
        case KernelId::FullyConnectedInt8:
        case KernelId::FullyConnectedInt4:
            return prepareConvInt8;
        case KernelId::ConvFloat32:
        case KernelId::TransposeConvFloat32:
        case KernelId::FullyConnectedFloat32:
            return prepareConvFloat32;
        case KernelId::DepthwiseConvInt8:
        case KernelId::DepthwiseConvInt4:
            return prepareDepthwiseInt8;
        case KernelId::DepthwiseConvFloat32:
            return prepareDepthwiseFloat32;
        default:
            return nullptr;
    }
}

Prepare familyOf(KernelId id) {
    switch (id) {
        case KernelId::AddInt8:
        case KernelId::SubInt8:
        case KernelId::MulInt8:
            return prepareBinaryInt8;
        case KernelId::AddFloat32:
        case KernelId::SubFloat32:
        case KernelId::MulFloat32:
            return prepareBinaryFloat32;
        case KernelId::AveragePoolInt8:
        case KernelId::MaxPoolInt8:
        case KernelId::AveragePoolFloat32:
        case KernelId::MaxPoolFloat32:
            return preparePooling;
        case KernelId::QuantizeInt8:
        case KernelId::DequantizeInt8:
        case KernelId::RequantizeInt8ToInt8:
            return prepareConvert;
        case KernelId::SumInt8:
        case KernelId::SumFloat32:
            return prepareMean;
        case KernelId::Pad1:
        case KernelId::Pad4:
            return preparePad;
        case KernelId::SoftmaxInt8:
            return prepareSoftmaxInt8;
        default:
            return nullptr;
    }
}

/// The operand that is the layer's input; the others are weights and bias.
uint32_t inputOperandOf(KernelId id) {
    return id == KernelId::TransposeConvInt8 || id == KernelId::TransposeConvFloat32 ? 1 : 0;
}

// Packing reads weights and biases, so they must be in the program.
bool hasConstantWeights(const Program& program, const OpRecord& op) {
    const int32_t* operands = program.at<int32_t>(op.operands);
    const uint32_t input = inputOperandOf(static_cast<KernelId>(op.kernel));
    for (uint32_t i = 0; i < op.inputs; ++i)
        if (i != input && operands[i] >= 0 && program.tensor(operands[i]).place != Place::Constant)
            return false;
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
