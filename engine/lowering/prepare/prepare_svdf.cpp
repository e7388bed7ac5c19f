// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/svdf.h"

namespace lowering {
namespace {

using runtime::KernelId;
using runtime::SvdfParams;
using types::DataType;

enum SvdfOperand : size_t {
    kSvdfInput = 0,
    kSvdfFeature = 1,
    kSvdfTime = 2,
    kSvdfBias = 3,
    kSvdfState = 4
};

void checkShapes(const OpView& op, const SvdfParams& p) {
    op.require(op.input(kSvdfState).isVariable, "needs a variable tensor as its state");
    op.require(count(op.input(kSvdfInput)) == p.batches * p.inputs &&
                   count(op.input(kSvdfFeature)) == p.filters * p.inputs &&
                   count(op.input(kSvdfTime)) == p.filters * p.memory &&
                   op.input(kSvdfState).elements() == int64_t{p.batches} * p.filters * p.memory &&
                   count(op.output()) == p.batches * p.units && p.memory > 0 && p.rank > 0 &&
                   p.units * p.rank == p.filters,
               "has weights or state that do not match its input");
    if (op.hasInput(kSvdfBias))
        op.require(count(op.input(kSvdfBias)) == p.units, "needs one bias per output");
}

// TFLM multiplies and divides these scales in float.
void setScales(const OpView& op, SvdfParams& params) {
    const float state = scaleOf(op, op.input(kSvdfState)), output = scaleOf(op, op.output());
    const float feature =
        scaleOf(op, op.input(kSvdfInput)) * scaleOf(op, op.input(kSvdfFeature)) / state;
    const float time = state * scaleOf(op, op.input(kSvdfTime)) / output;
    params.featureFactor = factorOf(op, static_cast<double>(feature));
    params.outputFactor = factorOf(op, static_cast<double>(time));
    params.inputOffset = -zeroPointOf(op, op.input(kSvdfInput));
    params.stateZeroPoint = zeroPointOf(op, op.input(kSvdfState));
    params.outputOffset = zeroPointOf(op, op.output());
    requireSymmetric(op, op.input(kSvdfFeature), "feature weights");
    requireSymmetric(op, op.input(kSvdfTime), "time weights");
}

void checkSvdfTypes(const OpView& op, DataType type, DataType state, DataType bias) {
    op.requireType(op.output(), type, "output");
    op.requireType(op.input(kSvdfFeature), type, "feature matrix");
    op.requireType(op.input(kSvdfTime), state, "time matrix");
    op.requireType(op.input(kSvdfState), state, "state");
    if (op.hasInput(kSvdfBias)) op.requireType(op.input(kSvdfBias), bias, "bias");
}

KernelId chooseKernel(const OpView& op) {
    const DataType type = op.input(kSvdfInput).type;
    if (type == DataType::Int8 && op.input(kSvdfState).type == DataType::Int16) {
        checkSvdfTypes(op, type, DataType::Int16, DataType::Int32);
        return KernelId::SvdfInt16;
    }
    const DataType bias = type == DataType::Int8 ? DataType::Int32 : DataType::Float32;
    checkSvdfTypes(op, type, type, bias);
    return op.choose(
        type, {{DataType::Int8, KernelId::SvdfInt8}, {DataType::Float32, KernelId::SvdfFloat32}});
}

}  // namespace

OpPlan prepareSvdf(const OpView& op) {
    const auto& o = op.options<types::SvdfOptions>();
    ParamBlock<SvdfParams> params;
    const types::Shape &input = op.input(kSvdfInput).shape, &feature = op.input(kSvdfFeature).shape;
    op.require(input.size() == 2 && feature.size() == 2 && op.input(kSvdfTime).shape.size() == 2,
               "needs 2-D input and weights");
    params->batches = input[0];
    params->inputs = input[1];
    params->filters = feature[0];
    params->memory = op.input(kSvdfTime).shape[1];
    params->rank = o.rank;
    params->units = o.rank > 0 ? feature[0] / o.rank : 0;
    checkShapes(op, *params);
    OpPlan plan{chooseKernel(op), {}, {}, {}};
    plan.scratch = {int64_t{params->batches} * params->filters * 4};
    if (op.input(kSvdfInput).type == DataType::Int8) {
        setScales(op, *params);
        plan.scratch.push_back(int64_t{params->batches} * params->units * 4);
    } else {
        const FloatRange range = activationRange(op, o.activation);
        params->lowestFloat = range.lowest;
        params->highestFloat = range.highest;
    }
    plan.params = params.bytes();
    return plan;
}

}  // namespace lowering
