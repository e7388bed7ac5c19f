// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/fully_connected.h"

namespace lowering {
namespace {

using runtime::FullyConnectedParams;
using runtime::KernelId;
using types::DataType;
using types::FullyConnectedOptions;
using types::Tensor;

void checkFullyConnectedTypes(const OpView& op, bool wide) {
    const Tensor& input = op.input(0);
    const Tensor& weights = op.input(1);
    op.requireType(op.output(), input.type, "output");
    if (input.type == DataType::Float32 && weights.type != DataType::Float32)
        op.refuse("with float32 activations and " + types::dataTypeName(weights.type) +
                  " weights (hybrid) is not supported, neither by TFLM");
    if (input.type == DataType::Int16) op.requireType(weights, DataType::Int8, "weight matrix");
    if (input.type == DataType::Int8)
        op.require(weights.type == DataType::Int8 || weights.type == DataType::Int4,
                   "of int8 needs weights of int8 or int4");
    if (!op.hasInput(2)) return;
    const DataType sum = input.type == DataType::Float32 ? DataType::Float32
                         : wide                          ? DataType::Int64
                                                         : DataType::Int32;
    op.requireType(op.input(2), sum, "bias");
    op.require(count(op.input(2)) == weights.shape[0], "needs one bias per output");
}

// Per tensor, TFLM multiplies the scales in float; per channel, in double.
std::vector<runtime::Factor> factorsOf(const OpView& op, bool wide) {
    const float input = scaleOf(op, op.input(0));
    const double output = scaleOf(op, op.output());
    const float first = scaleOf(op, op.input(1));
    const auto& scales = op.input(1).quantization.scale;
    const auto factor = [&](double real) {
        return wide ? wideFactorOf(op, real) : factorOf(op, real);
    };
    if (scales.size() == 1) return {factor(static_cast<double>(input * first) / output)};
    op.require(scales.size() == static_cast<size_t>(op.input(1).shape[0]),
               "needs one weight scale, or one per output");
    std::vector<runtime::Factor> factors;
    factors.reserve(scales.size());
    for (float scale : scales)
        factors.push_back(factor(static_cast<double>(input) * static_cast<double>(scale) / output));
    return factors;
}

void setQuantization(const OpView& op, bool wide, ParamBlock<FullyConnectedParams>& params) {
    const Tensor& weights = op.input(1);
    if (weights.quantization.perChannel()) requireSymmetric(op, weights, "weights");
    if (op.input(0).type == DataType::Int16) {
        requireSymmetric(op, op.input(0), "input");
        requireSymmetric(op, op.output(), "output");
    }
    params->inputOffset = -zeroPointOf(op, op.input(0));
    params->outputOffset = zeroPointOf(op, op.output());
    params->weightOffset = -weights.quantization.firstZeroPoint();
    params->factors = params.add(factorsOf(op, wide));
}

/// The same kernel for weights with a zero point.
KernelId shifted(KernelId kernel) {
    switch (kernel) {
        case KernelId::FullyConnectedInt8:
            return KernelId::ShiftedFullyConnectedInt8;
        case KernelId::FullyConnectedInt4:
            return KernelId::ShiftedFullyConnectedInt4;
        case KernelId::FullyConnectedInt16:
            return KernelId::ShiftedFullyConnectedInt16;
        default:
            return KernelId::ShiftedFullyConnectedInt16Wide;
    }
}

}  // namespace

OpPlan prepareFullyConnected(const OpView& op) {
    const auto& o = op.options<FullyConnectedOptions>();
    const bool wide = sumsIn64Bits<FullyConnectedOptions>(op);
    const types::Shape& weights = op.input(1).shape;
    op.require(!o.shuffledWeights, "with shuffled weights has no kernel");
    op.require(weights.size() == 2, "needs 2-D weights");
    checkFullyConnectedTypes(op, wide);
    ParamBlock<FullyConnectedParams> params;
    params->outputs = weights[0];
    params->depth = weights[1];
    params->batches = weights[0] == 0 ? 0 : count(op.output()) / weights[0];
    op.require(count(op.input(0)) == params->batches * params->depth || weights[0] == 0,
               "has an input that does not match its output");
    if (op.input(0).type != DataType::Float32) setQuantization(op, wide, params);
    setActivation(op, o.activation, *params);
    KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::FullyConnectedInt8},
                                     {DataType::Int16, KernelId::FullyConnectedInt16},
                                     {DataType::Float32, KernelId::FullyConnectedFloat32}});
    OpPlan plan{kernel, params.bytes(), {}, op.inputs()};
    plan.inputs.resize(3, -1);
    if (wide) plan.kernel = KernelId::FullyConnectedInt16Wide;
    if (op.input(1).type == DataType::Int4) {
        plan.kernel = KernelId::FullyConnectedInt4;
        plan.scratch = {count(op.input(1))};
    }
    if (params->weightOffset != 0) plan.kernel = shifted(plan.kernel);
    return plan;
}

}  // namespace lowering
