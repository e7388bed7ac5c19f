// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/binaries.h"

#include <algorithm>

#include "lowering/prepare/quantized.h"
#include "lowering/prepare/strided_iterators.h"

namespace lowering {

void setBroadcast(const OpView& op, runtime::BinaryParams& params) {
    const types::Shape& out = op.output().shape;
    op.requireType(op.input(1), op.input(0).type, "second input");
    for (size_t i : {size_t{0}, size_t{1}})
        op.require(broadcastsTo(op.input(i).shape, out), "does not broadcast to its output");
    params.iterator = makeStridedIterator<2>(
        out, {broadcastStrides(op.input(0).shape, out), broadcastStrides(op.input(1).shape, out)});
}

runtime::Factor fractionOf(const OpView& op, double real) {
    op.require(real > 0.0 && real < 1.0, "has scales too far apart for its fixed point");
    return factorOf(op, real);
}

void setOffsets(const OpView& op, runtime::BinaryParams& params) {
    params.offsets[0] = -zeroPointOf(op, op.input(0));
    params.offsets[1] = -zeroPointOf(op, op.input(1));
    if (op.output().quantization.present()) params.outputOffset = zeroPointOf(op, op.output());
}

void setCommonScale(const OpView& op, int32_t leftShift, int power, runtime::BinaryParams& params) {
    const float left = scaleOf(op, op.input(0)), right = scaleOf(op, op.input(1));
    const double common = 2.0 * static_cast<double>(std::max(left, right));
    const double output = static_cast<double>(scaleOf(op, op.output()));
    const double headStart = static_cast<double>(int64_t{1} << (leftShift * power));
    setOffsets(op, params);
    params.leftShift = leftShift;
    params.factors[0] = fractionOf(op, static_cast<double>(left) / common);
    params.factors[1] = fractionOf(op, static_cast<double>(right) / common);
    const double real = (power == 2 ? common * common : common) / (headStart * output);
    params.outputFactor = power == 2 ? factorOf(op, real) : fractionOf(op, real);
}

}  // namespace lowering
