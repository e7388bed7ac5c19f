// SPDX-License-Identifier: GPL-3.0-or-later
// TRANSPOSE_CONV and BATCH_MATMUL.
#include "analysis/shapes.h"
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/strided_iterators.h"
#include "lowering/prepare/windows.h"
#include "runtime/kernels/batch_matmul.h"
#include "runtime/kernels/transpose_conv.h"

namespace lowering {
namespace {

using runtime::BatchMatMulParams;
using runtime::ConvParams;
using runtime::KernelId;
using types::DataType;
using types::Shape;
using types::Tensor;

enum TransposeConvOperand : size_t { kFilter = 1, kInput = 2, kBias = 3 };

// Padding is that of the forward convolution from output to input.
runtime::Window spreadWindow(const OpView& op) {
    const auto& o = op.options<types::WindowOptions>();
    const Shape &in = op.input(kInput).shape, &out = op.output().shape;
    const Shape& filter = op.input(kFilter).shape;
    op.require(in.size() == 4 && out.size() == 4 && filter.size() == 4 && in[0] == out[0] &&
                   filter[0] == out[3] && filter[3] == in[3],
               "needs a filter that matches its input and output");
    constexpr int64_t kMax = 1 << 30;
    op.require(int64_t{in[1]} * o.strideHeight + filter[1] < kMax &&
                   int64_t{in[2]} * o.strideWidth + filter[2] < kMax,
               "has strides beyond 2^30");
    runtime::Window w;
    w.batches = in[0];
    w.inHeight = in[1], w.inWidth = in[2], w.inChannels = in[3];
    w.outHeight = out[1], w.outWidth = out[2], w.outChannels = out[3];
    w.filterHeight = filter[1], w.filterWidth = filter[2];
    w.strideHeight = o.strideHeight, w.strideWidth = o.strideWidth;
    w.padTop =
        analysis::windowExtent(o.padding, out[1], filter[1], o.strideHeight, 1).paddingBefore;
    w.padLeft =
        analysis::windowExtent(o.padding, out[2], filter[2], o.strideWidth, 1).paddingBefore;
    return w;
}

void checkSpreadTypes(const OpView& op, DataType weights, DataType bias) {
    op.requireType(op.output(), op.input(kInput).type, "output");
    op.requireType(op.input(kFilter), weights, "filter");
    if (!op.hasInput(kBias)) return;
    op.requireType(op.input(kBias), bias, "bias");
    op.require(count(op.input(kBias)) == op.output().shape[3], "needs one bias per output channel");
}

void setSpreadScales(const OpView& op, bool wide, ParamBlock<ConvParams>& params) {
    const auto& scales = op.input(kFilter).quantization.scale;
    const double input = static_cast<double>(scaleOf(op, op.input(kInput)));
    const double output = static_cast<double>(scaleOf(op, op.output()));
    scaleOf(op, op.input(kFilter));
    requireSymmetric(op, op.input(kFilter), "filter");
    if (wide) {
        requireSymmetric(op, op.input(kInput), "input");
        requireSymmetric(op, op.output(), "output");
    }
    const auto channels = static_cast<size_t>(params->window.outChannels);
    op.require(scales.size() == 1 || scales.size() == channels,
               "needs one filter scale, or one per output channel");
    std::vector<runtime::Factor> factors;
    for (size_t c = 0; c < channels; ++c) {
        const double real =
            input * static_cast<double>(scales[scales.size() == 1 ? 0 : c]) / output;
        factors.push_back(wide ? wideFactorOf(op, real) : factorOf(op, real));
    }
    params->factors = params.add(factors);
    params->inputOffset = -zeroPointOf(op, op.input(kInput));
    params->outputOffset = zeroPointOf(op, op.output());
}

}  // namespace

OpPlan prepareTransposeConv(const OpView& op) {
    ParamBlock<ConvParams> params;
    const DataType type = op.input(kInput).type;
    const KernelId kernel = op.choose(type, {{DataType::Int8, KernelId::TransposeConvInt8},
                                             {DataType::Int16, KernelId::TransposeConvInt16},
                                             {DataType::Float32, KernelId::TransposeConvFloat32}});
    params->window = spreadWindow(op);
    setActivation(op, op.options<types::WindowOptions>().activation, *params);
    OpPlan plan{kernel, {}, {}, {op.inputs()[kFilter], op.inputs()[kInput], -1}};
    if (op.hasInput(kBias)) plan.inputs[2] = op.inputs()[kBias];
    if (type == DataType::Float32) {
        checkSpreadTypes(op, type, type);
    } else {
        const bool wide = type == DataType::Int16;
        checkSpreadTypes(op, DataType::Int8, wide ? DataType::Int64 : DataType::Int32);
        setSpreadScales(op, wide, params);
        plan.scratch = {op.output().elements() * (wide ? 8 : 4)};
    }
    plan.params = params.bytes();
    return plan;
}

namespace {

// Matrices of one operand: leading dimensions, and the distance between two in elements.
void setBatches(const OpView& op, BatchMatMulParams& params) {
    const Shape& out = op.output().shape;
    const Shape batches(out.begin(), out.end() - 2);
    std::vector<std::vector<int32_t>> strides;
    for (size_t i : {size_t{0}, size_t{1}}) {
        const Shape& shape = op.input(i).shape;
        const Shape leading(shape.begin(), shape.end() - 2);
        op.require(broadcastsTo(leading, batches), "does not broadcast to its output");
        const int32_t matrix = shape[shape.size() - 1] * shape[shape.size() - 2];
        strides.push_back(broadcastStrides(leading, batches));
        for (int32_t& stride : strides.back())
            stride *= matrix;
    }
    params.batches = makeStridedIterator<2>(batches, strides);
}

void setMatrices(const OpView& op, BatchMatMulParams& params) {
    const auto& o = op.options<types::BatchMatMulOptions>();
    const Shape &left = op.input(0).shape, &right = op.input(1).shape, &out = op.output().shape;
    const int32_t leftRows = left[left.size() - 2], leftColumns = left.back();
    const int32_t rightRows = right[right.size() - 2], rightColumns = right.back();
    params.rows = o.transposeLeft ? leftColumns : leftRows;
    params.depth = o.transposeLeft ? leftRows : leftColumns;
    params.columns = o.transposeRight ? rightRows : rightColumns;
    params.leftRowStep = o.transposeLeft ? 1 : leftColumns;
    params.leftDepthStep = o.transposeLeft ? leftColumns : 1;
    params.rightColumnStep = o.transposeRight ? rightColumns : 1;
    params.rightDepthStep = o.transposeRight ? 1 : rightColumns;
    op.require((o.transposeRight ? rightColumns : rightRows) == params.depth &&
                   out[out.size() - 2] == params.rows && out.back() == params.columns,
               "has matrices that do not match");
}

}  // namespace

OpPlan prepareBatchMatMul(const OpView& op) {
    ParamBlock<BatchMatMulParams> params;
    const DataType type = op.input(0).type;
    op.requireType(op.input(1), type, "second input");
    op.requireType(op.output(), type, "output");
    for (const Tensor* t : {&op.input(0), &op.input(1), &op.output()})
        op.require(t->shape.size() >= 2, "needs at least 2-D operands");
    const KernelId kernel = op.choose(type, {{DataType::Int8, KernelId::BatchMatMulInt8},
                                             {DataType::Int16, KernelId::BatchMatMulInt16},
                                             {DataType::Float32, KernelId::BatchMatMulFloat32}});
    setBatches(op, *params);
    setMatrices(op, *params);
    if (type != DataType::Float32) {
        const float product = scaleOf(op, op.input(0)) * scaleOf(op, op.input(1));
        const double real =
            static_cast<double>(product) / static_cast<double>(scaleOf(op, op.output()));
        params->factor = type == DataType::Int16 ? wideFactorOf(op, real) : factorOf(op, real);
        params->leftOffset = -zeroPointOf(op, op.input(0));
        params->rightOffset = -zeroPointOf(op, op.input(1));
        params->outputOffset = zeroPointOf(op, op.output());
        const IntRange codes = codesOf(type);
        params->lowest = codes.lowest;
        params->highest = codes.highest;
    }
    return {kernel, params.bytes(), {}, {}};
}

}  // namespace lowering
