// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic of two operands, element by element.
#include "lowering/prepare/binaries.h"
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/strided_iterators.h"
#include "runtime/kernels/select.h"

namespace lowering {
namespace {

using runtime::BinaryParams;
using runtime::KernelId;
using types::DataType;
using types::OpKind;

bool isQuantized(const OpView& op) {
    return op.input(0).type == DataType::Int8 || op.input(0).type == DataType::Int16;
}

ParamBlock<BinaryParams> binaryParams(const OpView& op) {
    ParamBlock<BinaryParams> params;
    op.requireType(op.output(), op.input(0).type, "output");
    setBroadcast(op, *params);
    return params;
}

OpPlan withActivation(const OpView& op, KernelId kernel, ParamBlock<BinaryParams>& params) {
    setActivation(op, op.options<types::ArithmeticOptions>().activation, *params);
    return {kernel, params.bytes(), {}, {}};
}

int32_t headStart(const OpView& op) {
    return op.output().type == DataType::Int16 ? 15 : 20;
}

double scaleRatio(const OpView& op) {
    return static_cast<double>(scaleOf(op, op.input(0))) *
           static_cast<double>(scaleOf(op, op.input(1))) /
           static_cast<double>(scaleOf(op, op.output()));
}

}  // namespace

OpPlan prepareAdd(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::AddInt8},
                                     {DataType::Int16, KernelId::AddInt16},
                                     {DataType::Int32, KernelId::AddInt32},
                                     {DataType::Float32, KernelId::AddFloat32}});
    if (isQuantized(op)) setCommonScale(op, headStart(op), 1, *params);
    return withActivation(op, kernel, params);
}

OpPlan prepareSub(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::SubInt8},
                                     {DataType::Int16, KernelId::SubInt16},
                                     {DataType::Int32, KernelId::SubInt32},
                                     {DataType::Float32, KernelId::SubFloat32}});
    if (isQuantized(op)) setCommonScale(op, headStart(op), 1, *params);
    return withActivation(op, kernel, params);
}

OpPlan prepareMul(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::MulInt8},
                                     {DataType::Int16, KernelId::MulInt16},
                                     {DataType::Int32, KernelId::MulInt32},
                                     {DataType::Float32, KernelId::MulFloat32}});
    if (isQuantized(op)) {
        setOffsets(op, *params);
        params->outputFactor = factorOf(op, scaleRatio(op));
    }
    return withActivation(op, kernel, params);
}

// TFLM divides these scales in float.
OpPlan prepareDiv(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::DivInt8},
                                     {DataType::Int32, KernelId::DivInt32},
                                     {DataType::Float32, KernelId::DivFloat32}});
    if (isQuantized(op)) {
        const float divisor = scaleOf(op, op.input(1)) * scaleOf(op, op.output());
        setOffsets(op, *params);
        params->outputFactor =
            factorOf(op, static_cast<double>(scaleOf(op, op.input(0)) / divisor));
    }
    return withActivation(op, kernel, params);
}

OpPlan prepareFloorArithmetic(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const bool division = op.kind() == OpKind::FLOOR_DIV;
    const KernelId kernel = op.choose(
        op.input(0).type,
        {{DataType::Float32, division ? KernelId::FloorDivFloat32 : KernelId::FloorModFloat32},
         {DataType::Int32, division ? KernelId::FloorDivInt32 : KernelId::FloorModInt32}});
    return {kernel, params.bytes(), {}, {}};
}

OpPlan prepareMinimumMaximum(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const DataType type = op.input(0).type;
    const KernelId kernel = op.kind() == OpKind::MAXIMUM
                                ? op.choose(type, {{DataType::Int8, KernelId::MaximumInt8},
                                                   {DataType::Int16, KernelId::MaximumInt16},
                                                   {DataType::Int32, KernelId::MaximumInt32},
                                                   {DataType::Int64, KernelId::MaximumInt64},
                                                   {DataType::Float32, KernelId::MaximumFloat32}})
                                : op.choose(type, {{DataType::Int8, KernelId::MinimumInt8},
                                                   {DataType::Int16, KernelId::MinimumInt16},
                                                   {DataType::Int32, KernelId::MinimumInt32},
                                                   {DataType::Int64, KernelId::MinimumInt64},
                                                   {DataType::Float32, KernelId::MinimumFloat32}});
    return {kernel, params.bytes(), {}, {}};
}

OpPlan prepareSquaredDifference(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::SquaredDifferenceInt8},
                                     {DataType::Int16, KernelId::SquaredDifferenceInt16},
                                     {DataType::Int32, KernelId::SquaredDifferenceInt32},
                                     {DataType::Float32, KernelId::SquaredDifferenceFloat32}});
    if (isQuantized(op)) {
        setCommonScale(op, op.output().type == DataType::Int16 ? 0 : 7, 2, *params);
        const IntRange codes = codesOf(op.output().type);
        params->lowest = codes.lowest;
        params->highest = codes.highest;
    }
    return {kernel, params.bytes(), {}, {}};
}

OpPlan preparePrelu(const OpView& op) {
    ParamBlock<BinaryParams> params = binaryParams(op);
    const KernelId kernel = op.choose(
        op.input(0).type,
        {{DataType::Int8, KernelId::PreluInt8}, {DataType::Float32, KernelId::PreluFloat32}});
    if (isQuantized(op)) {
        const double input = static_cast<double>(scaleOf(op, op.input(0)));
        setOffsets(op, *params);
        params->factors[0] = factorOf(op, input / static_cast<double>(scaleOf(op, op.output())));
        params->factors[1] = factorOf(op, scaleRatio(op));
        params->lowest = -128;
        params->highest = 127;
    }
    return {kernel, params.bytes(), {}, {}};
}

OpPlan prepareSelect(const OpView& op) {
    ParamBlock<runtime::SelectParams> params;
    const types::Shape& out = op.output().shape;
    op.requireType(op.input(0), DataType::Bool, "condition");
    op.requireType(op.input(2), op.input(1).type, "third input");
    op.requireType(op.output(), op.input(1).type, "output");
    std::vector<std::vector<int32_t>> strides;
    for (size_t i = 0; i < 3; ++i) {
        op.require(broadcastsTo(op.input(i).shape, out), "does not broadcast to its output");
        strides.push_back(broadcastStrides(op.input(i).shape, out));
    }
    params->iterator = makeStridedIterator<3>(out, strides);
    const KernelId kernel = chooseBySize(op, op.output().type, KernelId::Select1, KernelId::Select2,
                                         KernelId::Select4, KernelId::Select8);
    return {kernel, params.bytes(), {}, {}};
}

}  // namespace lowering
