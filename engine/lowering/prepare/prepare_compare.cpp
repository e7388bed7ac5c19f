// SPDX-License-Identifier: GPL-3.0-or-later
// Comparisons and logic.
#include "lowering/prepare/binaries.h"
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/compare.h"

namespace lowering {
namespace {

using runtime::Comparison;
using runtime::KernelId;
using types::DataType;
using types::OpKind;

Comparison comparisonOf(const OpView& op) {
    switch (op.kind()) {
        case OpKind::EQUAL:
            return Comparison::Equal;
        case OpKind::NOT_EQUAL:
            return Comparison::NotEqual;
        case OpKind::LESS:
            return Comparison::Less;
        case OpKind::LESS_EQUAL:
            return Comparison::LessEqual;
        case OpKind::GREATER:
            return Comparison::Greater;
        default:
            return Comparison::GreaterEqual;
    }
}

}  // namespace

OpPlan prepareCompare(const OpView& op) {
    ParamBlock<runtime::CompareParams> params;
    const DataType type = op.input(0).type;
    op.requireType(op.output(), DataType::Bool, "output");
    setBroadcast(op, params->binary);
    params->comparison = comparisonOf(op);
    const KernelId kernel = op.choose(type, {{DataType::Int8, KernelId::CompareInt8},
                                             {DataType::Int16, KernelId::CompareInt16},
                                             {DataType::Int32, KernelId::CompareInt32},
                                             {DataType::Int64, KernelId::CompareInt64},
                                             {DataType::Float32, KernelId::CompareFloat32},
                                             {DataType::Bool, KernelId::CompareBool}});
    if (type == DataType::Int8 || type == DataType::Int16) {
        setOffsets(op, params->binary);
        params->binary.leftShift = 8;
        for (size_t i : {size_t{0}, size_t{1}})
            params->binary.factors[i] =
                fractionOf(op, static_cast<double>(scaleOf(op, op.input(i))));
    }
    return {kernel, params.bytes(), {}, {}};
}

OpPlan prepareLogical(const OpView& op) {
    ParamBlock<runtime::BinaryParams> params;
    op.requireType(op.input(0), DataType::Bool, "input");
    op.requireType(op.output(), DataType::Bool, "output");
    if (op.kind() == OpKind::LOGICAL_NOT) {
        op.require(count(op.input(0)) == count(op.output()), "changes the number of elements");
        return {KernelId::LogicalNot, {}, {}, {}};
    }
    setBroadcast(op, *params);
    const bool both = op.kind() == OpKind::LOGICAL_AND;
    return {both ? KernelId::LogicalAnd : KernelId::LogicalOr, params.bytes(), {}, {}};
}

}  // namespace lowering
