// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and DEPTHWISE_CONV_2D.
#include <limits>

#include "analysis/shapes.h"
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/windows.h"
#include "runtime/kernels/convolution.h"

namespace lowering {
namespace {

using runtime::ConvParams;
using runtime::KernelId;
using types::DataType;
using types::Tensor;

void checkConvolutionTypes(const OpView& op, bool wide) {
    const Tensor& input = op.input(0);
    const Tensor& filter = op.input(1);
    op.requireType(op.output(), input.type, "output");
    if (input.type == DataType::Float32 && filter.type != DataType::Float32)
        op.refuse("with float32 activations and " + types::dataTypeName(filter.type) +
                  " weights (hybrid) is not supported, neither by TFLM");
    if (input.type == DataType::Float32) op.requireType(filter, DataType::Float32, "filter");
    if (input.type == DataType::Int16) op.requireType(filter, DataType::Int8, "filter");
    if (input.type == DataType::Int8)
        op.require(filter.type == DataType::Int8 || filter.type == DataType::Int4,
                   "of int8 needs a filter of int8 or int4");
    if (!op.hasInput(2)) return;
    const DataType sum = input.type == DataType::Float32 ? DataType::Float32
                         : wide                          ? DataType::Int64
                                                         : DataType::Int32;
    op.requireType(op.input(2), sum, "bias");
    op.require(count(op.input(2)) == op.output().shape[3], "needs one bias per output channel");
}

std::vector<runtime::Factor> factorsOf(const OpView& op, int32_t channels, bool wide) {
    const auto& filterScales = op.input(1).quantization.scale;
    const double input = scaleOf(op, op.input(0)), output = scaleOf(op, op.output());
    scaleOf(op, op.input(1));
    op.require(filterScales.size() == 1 || filterScales.size() == static_cast<size_t>(channels),
               "needs one filter scale, or one per output channel");
    std::vector<runtime::Factor> factors;
    for (int32_t c = 0; c < channels; ++c) {
        const double filter = filterScales[filterScales.size() == 1 ? 0 : static_cast<size_t>(c)];
        const double real = input * filter / output;
        factors.push_back(wide ? wideFactorOf(op, real) : factorOf(op, real));
    }
    return factors;
}

void setQuantization(const OpView& op, bool wide, ParamBlock<ConvParams>& params) {
    requireSymmetric(op, op.input(1), "filter");
    if (op.input(0).type == DataType::Int16) {
        requireSymmetric(op, op.input(0), "input");
        requireSymmetric(op, op.output(), "output");
    }
    params->inputOffset = -zeroPointOf(op, op.input(0));
    params->outputOffset = zeroPointOf(op, op.output());
    params->factors = params.add(factorsOf(op, params->window.outChannels, wide));
}

OpPlan finish(const OpView& op, KernelId kernel, bool wide, ParamBlock<ConvParams>& params) {
    if (op.input(0).type != DataType::Float32) setQuantization(op, wide, params);
    setActivation(op, op.options<types::WindowOptions>().activation, *params);
    OpPlan plan{kernel, params.bytes(), {}, op.inputs()};
    plan.inputs.resize(3, -1);
    if (op.input(1).type == DataType::Int4)
        plan.scratch = {runtime::unpackedFilterBytes(static_cast<uint32_t>(count(op.input(1))))};
    return plan;
}

}  // namespace

OpPlan prepareConvolution(const OpView& op) {
    const bool wide = sumsIn64Bits<types::WindowOptions>(op);
    const types::Shape& filter = op.input(1).shape;
    ParamBlock<ConvParams> params;
    params->window = makeWindow(op, filter[1], filter[2]);
    params->filterChannels = filter[3];
    checkConvolutionTypes(op, wide);
    KernelId kernel = op.choose(op.input(0).type, {{DataType::Int8, KernelId::ConvInt8},
                                                   {DataType::Int16, KernelId::ConvInt16},
                                                   {DataType::Float32, KernelId::ConvFloat32}});
    if (op.input(1).type == DataType::Int4) kernel = KernelId::ConvInt4;
    if (wide) kernel = KernelId::ConvInt16Wide;
    return finish(op, kernel, wide, params);
}

OpPlan prepareDepthwise(const OpView& op) {
    const bool wide = op.input(0).type == DataType::Int16;
    if (wide && op.hasInput(2))
        op.require(op.input(2).type == DataType::Int64,
                   "of int16 needs a bias of int64 (TFLM loads an int32 bias and reads beyond it)");
    const types::Shape& filter = op.input(1).shape;
    ParamBlock<ConvParams> params;
    params->window = makeWindow(op, filter[1], filter[2]);
    params->depthMultiplier = op.options<types::WindowOptions>().depthMultiplier;
    op.require(params->depthMultiplier > 0, "needs a depth multiplier of at least 1");
    checkConvolutionTypes(op, wide);
    KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::DepthwiseConvInt8},
                                     {DataType::Int16, KernelId::DepthwiseConvInt16},
                                     {DataType::Float32, KernelId::DepthwiseConvFloat32}});
    if (op.input(1).type == DataType::Int4) kernel = KernelId::DepthwiseConvInt4;
    return finish(op, kernel, wide, params);
}

}  // namespace lowering
