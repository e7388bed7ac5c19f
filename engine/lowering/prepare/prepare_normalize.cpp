// SPDX-License-Identifier: GPL-3.0-or-later
// L2_NORMALIZATION, LOG_SOFTMAX, ADD_N, CUMSUM, RESIZE_BILINEAR.
#include <algorithm>
#include <cmath>

#include "lowering/prepare/binaries.h"
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/add_n_cumsum.h"
#include "runtime/kernels/normalize.h"
#include "runtime/kernels/resize_bilinear.h"

namespace lowering {
namespace {

using runtime::AddNCumsumParams;
using runtime::Blend;
using runtime::KernelId;
using runtime::NormalizeParams;
using types::DataType;
using types::Shape;

ParamBlock<NormalizeParams> rowsOf(const OpView& op) {
    ParamBlock<NormalizeParams> params;
    op.requireType(op.output(), op.input(0).type, "output");
    const Shape& shape = op.input(0).shape;
    op.require(!shape.empty() && shape == op.output().shape, "needs at least 1-D");
    params->depth = shape.back();
    params->rows = params->depth == 0 ? 0 : count(op.input(0)) / params->depth;
    return params;
}

// Rescales to half of the input's scale with 20 extra fraction bits, and back to the output's
// scale.
void setAccumulation(const OpView& op, AddNCumsumParams& params) {
    constexpr int32_t kHeadStart = 20;
    const double input = static_cast<double>(scaleOf(op, op.input(0)));
    const double output = static_cast<double>(scaleOf(op, op.output()));
    params.leftShift = kHeadStart;
    params.inputOffset = -zeroPointOf(op, op.input(0));
    params.outputOffset = zeroPointOf(op, op.output());
    params.inputFactor = fractionOf(op, 0.5);
    params.outputFactor = fractionOf(op, 2.0 * input / ((1 << kHeadStart) * output));
}

Blend blendAt(float at, int32_t size) {
    Blend blend;
    const float floor = std::floor(at);
    blend.low = std::max(static_cast<int32_t>(floor), 0);
    blend.high = std::min(static_cast<int32_t>(std::ceil(at)), size - 1);
    blend.shareFloat = at - static_cast<float>(blend.low);
    return blend;
}

// The same in 1/1024, with a step rounded to that.
Blend fixedBlendAt(int64_t at, int32_t size) {
    Blend blend;
    blend.low = std::max(static_cast<int32_t>(at / 1024), 0);
    blend.high = std::min(static_cast<int32_t>((at + 1023) / 1024), size - 1);
    blend.share = static_cast<int32_t>(at - int64_t{blend.low} * 1024);
    return blend;
}

std::vector<Blend> blends(const types::ResizeOptions& o, bool integer, int32_t in, int32_t out) {
    const bool corners = o.alignCorners && out > 1;
    const int32_t from = corners ? in - 1 : in, to = corners ? out - 1 : out;
    const float scale = static_cast<float>(from) / static_cast<float>(to);
    const int64_t step = (int64_t{1024} * from + to / 2) / to;
    std::vector<Blend> table;
    for (int32_t i = 0; i < out; ++i) {
        const auto place = static_cast<float>(i);
        const float at = o.halfPixelCenters ? (place + 0.5f) * scale - 0.5f : place * scale;
        const int64_t fixed = o.halfPixelCenters ? i * step + step / 2 - 512 : i * step;
        table.push_back(integer ? fixedBlendAt(fixed, in) : blendAt(at, in));
    }
    return table;
}

}  // namespace

OpPlan prepareL2Normalization(const OpView& op) {
    ParamBlock<NormalizeParams> params = rowsOf(op);
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::L2NormalizationInt8},
                                     {DataType::Float32, KernelId::L2NormalizationFloat32}});
    if (op.input(0).type == DataType::Int8) params->inputOffset = -zeroPointOf(op, op.input(0));
    return {kernel, params.bytes(), {}, {}};
}

OpPlan prepareLogSoftmax(const OpView& op) {
    ParamBlock<NormalizeParams> params = rowsOf(op);
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::LogSoftmaxInt8},
                                     {DataType::Float32, KernelId::LogSoftmaxFloat32}});
    if (op.input(0).type == DataType::Int8) {
        op.require(scaleOf(op, op.output()) == 16.0f / 256 && zeroPointOf(op, op.output()) == 127,
                   "of int8 needs output scale 1/16 and zero point 127");
        const runtime::Factor factor = fiveBitFactor(op, scaleOf(op, op.input(0)));
        params->inputFactor = factor;
        op.require(factor.shift >= 1, "has an input scale too small for its fixed point");
        const double reverse = static_cast<double>(int64_t{1} << (31 - factor.shift)) /
                               static_cast<double>(factor.multiplier);
        params->reverseFactor = fractionOf(op, reverse);
        params->smallestDiff = -fiveBitRadius(factor);
    }
    return {kernel, params.bytes(), {}, {}};
}

OpPlan prepareAddN(const OpView& op) {
    ParamBlock<AddNCumsumParams> params;
    op.require(op.inputCount() >= 2, "needs at least two inputs");
    for (size_t i = 0; i < op.inputCount(); ++i) {
        op.requireType(op.input(i), op.output().type, "input");
        op.require(op.input(i).shape == op.output().shape, "needs inputs of the same shape");
        if (op.output().type == DataType::Int8)
            requireSameQuantization(op, op.input(i), op.input(0));
    }
    const KernelId kernel = op.choose(
        op.input(0).type,
        {{DataType::Int8, KernelId::AddNInt8}, {DataType::Float32, KernelId::AddNFloat32}});
    if (op.output().type == DataType::Int8) setAccumulation(op, *params);
    // TFLM keeps a pointer per input in the arena; the plan is for a 64-bit host.
    const int64_t pointers = static_cast<int64_t>(op.inputCount()) * 8;
    return {kernel, params.bytes(), {pointers}, {}};
}

OpPlan prepareCumsum(const OpView& op) {
    ParamBlock<AddNCumsumParams> params;
    const auto& o = op.options<types::CumsumOptions>();
    const Shape& in = op.input(0).shape;
    const auto axes = op.constantInts(1);
    const auto rank = static_cast<int64_t>(in.size());
    op.requireType(op.output(), op.input(0).type, "output");
    op.require(axes.size() == 1 && axes[0] >= -rank && axes[0] < rank && in == op.output().shape,
               "needs one axis of its input");
    const auto axis = static_cast<size_t>(axes[0] < 0 ? axes[0] + rank : axes[0]);
    params->outer = params->inner = 1;
    for (size_t d = 0; d < axis; ++d)
        params->outer *= in[d];
    for (size_t d = axis + 1; d < in.size(); ++d)
        params->inner *= in[d];
    params->depth = in[axis];
    params->exclusive = o.exclusive ? 1 : 0;
    params->reverse = o.reverse ? 1 : 0;
    const KernelId kernel = op.choose(
        op.input(0).type,
        {{DataType::Int8, KernelId::CumsumInt8}, {DataType::Float32, KernelId::CumsumFloat32}});
    if (op.output().type == DataType::Int8) setAccumulation(op, *params);
    return {kernel, params.bytes(), {}, {op.inputs()[0]}};
}

OpPlan prepareResizeBilinear(const OpView& op) {
    ParamBlock<runtime::ResizeParams> params;
    const auto& o = op.options<types::ResizeOptions>();
    const Shape &in = op.input(0).shape, &out = op.output().shape;
    op.requireType(op.output(), op.input(0).type, "output");
    op.require(in.size() == 4 && out.size() == 4 && in[0] == out[0] && in[3] == out[3] &&
                   count(op.input(0)) > 0 && count(op.output()) > 0,
               "needs 4-D operands of the same batch and channels");
    op.require(!(o.alignCorners && o.halfPixelCenters),
               "cannot both align corners and use half pixel centers");
    const bool integer = op.input(0).type == DataType::Int8;
    params->batches = in[0], params->height = in[1], params->width = in[2];
    params->channels = in[3];
    params->rows = params.add(blends(o, integer, in[1], out[1]));
    params->columns = params.add(blends(o, integer, in[2], out[2]));
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::ResizeBilinearInt8},
                                     {DataType::Float32, KernelId::ResizeBilinearFloat32}});
    return {kernel, params.bytes(), {}, {op.inputs()[0]}};
}

}  // namespace lowering
