// SPDX-License-Identifier: GPL-3.0-or-later
// Element-wise operators of one operand.
#include <algorithm>
#include <cmath>

#include "lowering/prepare/code_tables.h"
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/cast.h"
#include "runtime/kernels/unary.h"

namespace lowering {
namespace {

using runtime::Factor;
using runtime::KernelId;
using runtime::SlopesParams;
using types::DataType;
using types::OpKind;

constexpr Factor kOne{1 << 30, 1};

OpPlan fromTable(const OpView& op) {
    ParamBlock<runtime::TableParams> params;
    params->table = params.add(codeTable(op));
    if (op.kind() == OpKind::RSQRT) params->lowestCode = zeroPointOf(op, op.input(0));
    return {KernelId::TableInt8, params.bytes(), {}, {}};
}

KernelId floatKernel(const OpView& op) {
    switch (op.kind()) {
        case OpKind::ABS:
            return KernelId::AbsFloat32;
        case OpKind::CEIL:
            return KernelId::CeilFloat32;
        case OpKind::COS:
            return KernelId::CosFloat32;
        case OpKind::ELU:
            return KernelId::EluFloat32;
        case OpKind::EXP:
            return KernelId::ExpFloat32;
        case OpKind::FLOOR:
            return KernelId::FloorFloat32;
        case OpKind::HARD_SWISH:
            return KernelId::HardSwishFloat32;
        case OpKind::LEAKY_RELU:
            return KernelId::LeakyReluFloat32;
        case OpKind::LOG:
            return KernelId::LogFloat32;
        case OpKind::LOGISTIC:
            return KernelId::LogisticFloat32;
        case OpKind::NEG:
            return KernelId::NegFloat32;
        case OpKind::RELU:
            return KernelId::ReluFloat32;
        case OpKind::RELU6:
            return KernelId::Relu6Float32;
        case OpKind::ROUND:
            return KernelId::RoundFloat32;
        case OpKind::RSQRT:
            return KernelId::RsqrtFloat32;
        case OpKind::SIN:
            return KernelId::SinFloat32;
        case OpKind::SQRT:
            return KernelId::SqrtFloat32;
        case OpKind::SQUARE:
            return KernelId::SquareFloat32;
        case OpKind::TANH:
            return KernelId::TanhFloat32;
        default:
            op.refuse("of float32 has no kernel");
    }
}

OpPlan ofFloat(const OpView& op) {
    ParamBlock<runtime::LeakyReluParams> params;
    if (op.kind() == OpKind::LEAKY_RELU)
        params->alpha = op.options<types::LeakyReluOptions>().alpha;
    return {floatKernel(op), params.bytes(), {}, {}};
}

double inverseLog2(float scale) {
    return std::log2(static_cast<double>(scale));
}

// The table takes 12 fraction bits times 3; for scales that are no powers of two, a multiplier of
// up to 15 bits converts.
runtime::TableScale tableScale(const OpView& op, int32_t mostLeft) {
    const float scale = scaleOf(op, op.input(0));
    const double log = inverseLog2(scale), rounded = std::round(log);
    const int32_t left = 12 + static_cast<int32_t>(rounded);
    if (std::abs(log - rounded) < 1e-3 && left >= 0 && left <= mostLeft) return {3 << left, 0};
    double multiplier = static_cast<double>(scale) * 4096.0 * 3.0;
    int32_t shift = 0;
    for (; multiplier <= 32767.0 / 2.0 && shift <= 30; ++shift)
        multiplier *= 2.0;
    op.require(multiplier <= 32767.0, "has an input scale out of range");
    return {static_cast<int32_t>(multiplier), std::min(shift, 30)};
}

OpPlan throughTable16(const OpView& op) {
    ParamBlock<runtime::Table16Params> params;
    requireSymmetric(op, op.input(0), "input");
    requireSymmetric(op, op.output(), "output");
    const double output = inverseLog2(scaleOf(op, op.output()));
    op.require(std::abs(output + 15.0) < 1e-3, "of int16 needs output scale 1/32768");
    const bool tanh = op.kind() == OpKind::TANH;
    params->scale = tableScale(op, tanh ? 1 : 0);
    return {tanh ? KernelId::TanhInt16Codes : KernelId::LogisticInt16Codes, params.bytes(), {}, {}};
}

void setSlopes(const OpView& op, SlopesParams& p) {
    const float input = scaleOf(op, op.input(0)), output = scaleOf(op, op.output());
    // TFLM divides these scales in float.
    p.above = p.below = factorOf(op, static_cast<double>(input / output));
    switch (op.kind()) {
        case OpKind::RELU:
            p.lowest = zeroPointOf(op, op.output());
            break;
        case OpKind::RELU6:
            p.above = p.below = kOne;
            p.lowest = zeroPointOf(op, op.input(0));
            p.highest =
                std::min(p.highest, static_cast<int32_t>(std::round(std::min(6.0f / input, 1e6f))));
            break;
        case OpKind::ABS:
            p.mirrored = 1;
            p.above = p.below =
                input == output
                    ? kOne
                    : factorOf(op, static_cast<double>(input) / static_cast<double>(output));
            break;
        default: {
            const float alpha = op.options<types::LeakyReluOptions>().alpha;
            op.require(alpha >= 0.0f, "with a negative slope has no kernel for integers");
            p.below = factorOf(op, static_cast<double>(input * alpha / output));
        }
    }
}

OpPlan slopes(const OpView& op) {
    ParamBlock<SlopesParams> params;
    requireSymmetric(op, op.input(0), "input");
    requireSymmetric(op, op.output(), "output");
    params->lowest = -32768;
    params->highest = 32767;
    setSlopes(op, *params);
    return {KernelId::SlopesInt16, params.bytes(), {}, {}};
}

OpPlan ofInt16(const OpView& op) {
    switch (op.kind()) {
        case OpKind::LOGISTIC:
        case OpKind::TANH:
            return throughTable16(op);
        case OpKind::RELU:
        case OpKind::RELU6:
        case OpKind::ABS:
        case OpKind::LEAKY_RELU:
            return slopes(op);
        case OpKind::RSQRT: {
            ParamBlock<runtime::RsqrtParams> params;
            const double root = std::sqrt(static_cast<double>(scaleOf(op, op.input(0))));
            const double output = static_cast<double>(scaleOf(op, op.output()));
            params->inputOffset = -zeroPointOf(op, op.input(0));
            params->outputOffset = zeroPointOf(op, op.output());
            params->factor = factorOf(op, 1.0 / (root * output));
            return {KernelId::RsqrtInt16, params.bytes(), {}, {}};
        }
        default:
            op.refuse("of int16 has no kernel, neither in TFLM");
    }
}

runtime::CastType castType(const OpView& op, DataType type) {
    switch (type) {
        case DataType::Float32:
            return runtime::CastType::Float32;
        case DataType::Int8:
            return runtime::CastType::Int8;
        case DataType::UInt8:
            return runtime::CastType::UInt8;
        case DataType::Int16:
            return runtime::CastType::Int16;
        case DataType::Int32:
            return runtime::CastType::Int32;
        case DataType::Int64:
            return runtime::CastType::Int64;
        case DataType::Bool:
            return runtime::CastType::Bool;
        case DataType::UInt32:
            return runtime::CastType::UInt32;
        default:
            op.refuse("of " + types::dataTypeName(type) + " has no kernel");
    }
}

}  // namespace

OpPlan prepareUnary(const OpView& op) {
    op.requireType(op.output(), op.input(0).type, "output");
    op.require(count(op.input(0)) == count(op.output()), "changes the number of elements");
    switch (op.input(0).type) {
        case DataType::Float32:
            return ofFloat(op);
        case DataType::Int8:
            return fromTable(op);
        case DataType::Int16:
            return ofInt16(op);
        default:
            op.refuse("of " + types::dataTypeName(op.input(0).type) + " has no kernel");
    }
}

OpPlan prepareCast(const OpView& op) {
    ParamBlock<runtime::CastParams> params;
    op.require(count(op.input(0)) == count(op.output()), "changes the number of elements");
    params->from = castType(op, op.input(0).type);
    params->to = castType(op, op.output().type);
    params->elements = count(op.output());
    return {KernelId::Cast, params.bytes(), {}, {}};
}

}  // namespace lowering
