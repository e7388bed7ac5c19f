// SPDX-License-Identifier: GPL-3.0-or-later
// Element-wise operators of two operands.
#include <algorithm>

#include "lowering/prepare.h"
#include "lowering/quantized.h"
#include "lowering/walks.h"
#include "runtime/kernels/binary.h"

namespace lowering {
namespace {

using runtime::BinaryParams;
using runtime::KernelId;
using types::DataType;

void setWalk(const OpView& op, BinaryParams& params) {
    const types::Shape& out = op.output().shape;
    for (size_t i : {size_t{0}, size_t{1}})
        op.require(op.input(i).shape.size() <= out.size(), "does not broadcast to its output");
    params.walk = makeWalk<2>(
        out, {broadcastStrides(op.input(0).shape, out), broadcastStrides(op.input(1).shape, out)});
}

runtime::Factor fraction(const OpView& op, double real) {
    op.require(real > 0.0 && real < 1.0, "has an output scale too small for its input scales");
    return factorOf(op, real);
}

// Both inputs are brought to twice the larger scale.
void setAddScales(const OpView& op, BinaryParams& params) {
    const float left = scaleOf(op, op.input(0)), right = scaleOf(op, op.input(1));
    const double common = 2.0 * static_cast<double>(std::max(left, right));
    params.leftShift = op.output().type == DataType::Int16 ? 15 : 20;
    params.offsets[0] = -zeroPointOf(op, op.input(0));
    params.offsets[1] = -zeroPointOf(op, op.input(1));
    params.outputOffset = zeroPointOf(op, op.output());
    params.factors[0] = fraction(op, static_cast<double>(left) / common);
    params.factors[1] = fraction(op, static_cast<double>(right) / common);
    params.outputFactor = fraction(
        op, common / ((1 << params.leftShift) * static_cast<double>(scaleOf(op, op.output()))));
}

}  // namespace

OpPlan prepareAdd(const OpView& op) {
    ParamBlock<BinaryParams> params;
    const DataType type = op.input(0).type;
    op.requireType(op.input(1), type, "second input");
    op.requireType(op.output(), type, "output");
    const KernelId kernel = op.choose(type, {{DataType::Int8, KernelId::AddInt8},
                                             {DataType::Int16, KernelId::AddInt16},
                                             {DataType::Int32, KernelId::AddInt32},
                                             {DataType::Float32, KernelId::AddFloat32}});
    setWalk(op, *params);
    if (type == DataType::Int8 || type == DataType::Int16) setAddScales(op, *params);
    setActivation(op, op.options<types::ArithmeticOptions>().activation, *params);
    return {kernel, params.bytes(), {}, {}};
}

}  // namespace lowering
