// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that move elements unchanged.
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/strided_iterators.h"
#include "runtime/kernels/pad.h"
#include "runtime/kernels/transpose.h"

namespace lowering {
namespace {

using runtime::KernelId;
using types::DataType;
using types::Shape;

// The border is zero in real numbers; PADV2 has its own value.
void setPadValue(const OpView& op, runtime::PadParams& params) {
    const types::Tensor& output = op.output();
    if (op.hasInput(2)) {
        const auto value = op.graph().constantData(op.inputs()[2]).view();
        op.requireType(op.input(2), output.type, "padding value");
        op.require(op.input(2).elements() == 1 && !value.empty(), "needs one constant value");
        std::copy_n(value.begin(), types::bitsOf(output.type) / 8, params.value);
    } else if (output.quantization.present()) {
        const int64_t zeroPoint = zeroPointOf(op, output);
        __builtin_memcpy(params.value, &zeroPoint, sizeof params.value);
    }
}

}  // namespace

OpPlan prepareCopy(const OpView& op) {
    op.requireType(op.output(), op.input(0).type, "output");
    op.require(op.input(0).bytes() == op.output().bytes() && op.output().bytes() > 0,
               "needs as many elements in its output as in its input");
    return {KernelId::Copy, {}, {}, {op.inputs()[0]}};
}

OpPlan preparePad(const OpView& op) {
    ParamBlock<runtime::PadParams> params;
    op.requireType(op.output(), op.input(0).type, "output");
    const Shape &in = op.input(0).shape, &out = op.output().shape;
    const auto paddings = op.constantInts(1);
    op.require(out.size() == in.size() && paddings.size() == 2 * in.size(),
               "needs two paddings per dimension");
    const auto strides = stridesOf(out);
    for (size_t d = 0; d < in.size(); ++d) {
        const int64_t before = paddings[2 * d], after = paddings[2 * d + 1];
        op.require(before >= 0 && after >= 0 && before + in[d] + after == out[d],
                   "has paddings that do not give its output");
        params->start += static_cast<int32_t>(before) * strides[d];
    }
    params->outputs = count(op.output());
    params->iterator = makeStridedIterator<1>(in, {strides});
    setPadValue(op, *params);
    return {chooseBySize(op, op.input(0).type, KernelId::Pad1, KernelId::Pad2, KernelId::Pad4,
                         KernelId::Pad8),
            params.bytes(),
            {},
            {op.inputs()[0]}};
}

OpPlan prepareTranspose(const OpView& op) {
    ParamBlock<runtime::TransposeParams> params;
    op.requireType(op.output(), op.input(0).type, "output");
    const Shape &in = op.input(0).shape, &out = op.output().shape;
    const auto order = op.constantInts(1);
    op.require(order.size() == in.size() && out.size() == in.size(),
               "needs one axis per dimension");
    const auto inStrides = stridesOf(in);
    std::vector<int32_t> strides(in.size(), 0);
    std::vector<bool> seen(in.size(), false);
    for (size_t d = 0; d < in.size(); ++d) {
        const auto rank = static_cast<int64_t>(in.size());
        op.require(order[d] >= -rank && order[d] < rank, "has an axis outside its input");
        const auto axis = static_cast<size_t>(order[d] < 0 ? order[d] + rank : order[d]);
        op.require(!seen[axis] && out[d] == in[axis], "has axes that do not give its output");
        seen[axis] = true;
        strides[d] = inStrides[axis];
    }
    params->iterator = makeStridedIterator<1>(out, {strides});
    return {chooseBySize(op, op.input(0).type, KernelId::Transpose1, KernelId::Transpose2,
                         KernelId::Transpose4, KernelId::Transpose8),
            params.bytes(),
            {},
            {op.inputs()[0]}};
}

}  // namespace lowering
