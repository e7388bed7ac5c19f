// SPDX-License-Identifier: GPL-3.0-or-later
// SUM and MEAN.
#include <algorithm>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/strided_iterators.h"
#include "runtime/kernels/reduce.h"

namespace lowering {
namespace {

using runtime::KernelId;
using runtime::ReduceParams;
using types::DataType;

std::vector<bool> reducedAxes(const OpView& op) {
    const auto rank = static_cast<int64_t>(op.input(0).shape.size());
    std::vector<bool> reduced(static_cast<size_t>(rank), false);
    for (int64_t axis : op.constantInts(1)) {
        op.require(axis >= -rank && axis < rank, "has an axis outside its input");
        reduced[static_cast<size_t>(axis < 0 ? axis + rank : axis)] = true;
    }
    return reduced;
}

// The output advances along kept dimensions and stays along reduced ones.
void setIterator(const OpView& op, ReduceParams& params) {
    const types::Shape& in = op.input(0).shape;
    const std::vector<bool> reduced = reducedAxes(op);
    std::vector<int32_t> strides(in.size(), 0);
    int64_t outputs = 1, summands = 1;
    for (size_t d = in.size(); d-- > 0;) {
        if (reduced[d]) {
            summands *= in[d];
        } else {
            strides[d] = static_cast<int32_t>(outputs);
            outputs *= in[d];
        }
    }
    op.require(outputs == op.output().elements(), "has an output that does not match its axes");
    op.require(summands > 0, "sums up nothing");
    params.iterator = makeStridedIterator<1>(in, {strides});
    params.outputs = static_cast<int32_t>(outputs);
    params.divisor = static_cast<int32_t>(summands);
}

// MEAN: multiplies 1 / count into the factor, as exactly as 31 bits and the shift range permit.
runtime::Factor withMean(runtime::Factor factor, int32_t count) {
    const int32_t bits = 31 - __builtin_clz(static_cast<uint32_t>(count));
    const int32_t shift = std::min({bits, 32, 31 + factor.shift});
    const int64_t multiplier = (int64_t{factor.multiplier} << shift) / count;
    return {static_cast<int32_t>(multiplier), factor.shift - shift};
}

void setScales(const OpView& op, bool mean, ReduceParams& params) {
    const float in = scaleOf(op, op.input(0)), out = scaleOf(op, op.output());
    const int32_t inZero = zeroPointOf(op, op.input(0)), outZero = zeroPointOf(op, op.output());
    params.factor = factorOf(op, static_cast<double>(in) / static_cast<double>(out));
    if (mean) params.factor = withMean(params.factor, params.divisor);
    params.sumOffset = runtime::wrapMul(-inZero, params.divisor);
    params.outputOffset = outZero;
    const IntRange codes = codesOf(op.output().type);
    params.lowest = codes.lowest;
    params.highest = codes.highest;
}

KernelId reduceKernel(const OpView& op) {
    const DataType type = op.input(0).type;
    switch (op.kind()) {
        case types::OpKind::REDUCE_MAX:
            return op.choose(type, {{DataType::Int8, KernelId::ReduceMaxInt8},
                                    {DataType::Float32, KernelId::ReduceMaxFloat32}});
        case types::OpKind::REDUCE_MIN:
            return op.choose(type, {{DataType::Int8, KernelId::ReduceMinInt8},
                                    {DataType::Float32, KernelId::ReduceMinFloat32}});
        case types::OpKind::REDUCE_ALL:
            return op.choose(type, {{DataType::Bool, KernelId::ReduceAll}});
        default:
            return op.choose(type, {{DataType::Bool, KernelId::ReduceAny}});
    }
}

}  // namespace

OpPlan prepareSum(const OpView& op) {
    ParamBlock<ReduceParams> params;
    const DataType type = op.input(0).type;
    op.requireType(op.output(), type, "output");
    const KernelId kernel = op.choose(type, {{DataType::Int8, KernelId::SumInt8},
                                             {DataType::Int16, KernelId::SumInt16},
                                             {DataType::Float32, KernelId::SumFloat32}});
    setIterator(op, *params);
    const bool mean = op.kind() == types::OpKind::MEAN;
    OpPlan plan{kernel, {}, {}, {op.inputs()[0]}};
    if (type != DataType::Float32) {
        setScales(op, mean, *params);
        plan.scratch.push_back(int64_t{params->outputs} * 4);
    } else if (!mean) {
        params->divisor = 1;
    }
    // TFLM also keeps an index and its resolved axes in the arena.
    plan.scratch.push_back(static_cast<int64_t>(op.input(0).shape.size()) * 4);
    plan.scratch.push_back(int64_t{count(op.input(1))} * 4);
    plan.params = params.bytes();
    return plan;
}

OpPlan prepareReduceExtreme(const OpView& op) {
    ParamBlock<ReduceParams> params;
    const DataType type = op.input(0).type;
    op.requireType(op.output(), type, "output");
    setIterator(op, *params);
    OpPlan plan{reduceKernel(op), {}, {}, {op.inputs()[0]}};
    if (type == DataType::Int8) requireSameQuantization(op, op.input(0), op.output());
    // TFLM keeps an index and its resolved axes in the arena.
    plan.scratch = {static_cast<int64_t>(op.input(0).shape.size()) * 4,
                    int64_t{count(op.input(1))} * 4};
    plan.params = params.bytes();
    return plan;
}

}  // namespace lowering
