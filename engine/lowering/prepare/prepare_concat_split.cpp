// SPDX-License-Identifier: GPL-3.0-or-later
// CONCATENATION, PACK, SPLIT, SPLIT_V, UNPACK.
#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/concat_split.h"

namespace lowering {
namespace {

using runtime::ConcatSplitParams;
using runtime::KernelId;
using types::DataType;
using types::OpKind;
using types::Shape;
using types::Tensor;

/// Product of the dimensions [first, last).
// Parts lie along `axis` of each part's own shape; together they must be the whole.
OpPlan planBlocks(const OpView& op, const Tensor& whole, const std::vector<const Tensor*>& parts,
                  size_t axis, KernelId kernel, std::vector<int32_t> inputs) {
    ParamBlock<ConcatSplitParams> params;
    std::vector<int32_t> bytes;
    int64_t total = 0;
    const int32_t element = elementBytes(op, whole.type);
    params->repeats = volume(whole.shape, 0, axis);
    for (const Tensor* part : parts) {
        op.requireType(*part, whole.type, "part");
        op.require(part->shape.size() >= axis && volume(part->shape, 0, axis) == params->repeats,
                   "has parts that do not match");
        bytes.push_back(volume(part->shape, axis, part->shape.size()) * element);
        total += part->bytes();
    }
    op.require(total == whole.bytes(), "has parts that do not make the whole");
    params->bytes = params.add(bytes);
    return {kernel, params.bytes(), {}, std::move(inputs)};
}

std::vector<const Tensor*> allInputs(const OpView& op) {
    std::vector<const Tensor*> parts;
    for (size_t i = 0; i < op.inputCount(); ++i)
        parts.push_back(&op.input(i));
    return parts;
}

std::vector<const Tensor*> allOutputs(const OpView& op) {
    std::vector<const Tensor*> parts;
    for (size_t i = 0; i < op.outputCount(); ++i)
        parts.push_back(&op.output(i));
    return parts;
}

int64_t onlyInt(const OpView& op, size_t input) {
    const auto values = op.constantInts(input);
    op.require(values.size() == 1, "needs one axis");
    return values.front();
}

}  // namespace

// TFLM copies codes; on int8 it refuses inputs that would need rescaling.
OpPlan prepareConcatenation(const OpView& op) {
    const auto& o = op.options<types::ConcatenationOptions>();
    const Tensor& whole = op.output();
    op.require(o.activation == types::Activation::None, "with a fused activation has no kernel");
    if (whole.type == DataType::Int8)
        for (const Tensor* part : allInputs(op))
            requireSameQuantization(op, *part, whole);
    return planBlocks(op, whole, allInputs(op), axisOf(op, o.axis, whole.shape.size()),
                      KernelId::ConcatBlocks, op.inputs());
}

OpPlan preparePack(const OpView& op) {
    const Tensor& whole = op.output();
    const size_t axis = axisOf(op, op.options<types::PartsOptions>().axis, whole.shape.size());
    return planBlocks(op, whole, allInputs(op), axis, KernelId::ConcatBlocks, op.inputs());
}

OpPlan prepareUnpack(const OpView& op) {
    const Tensor& whole = op.input(0);
    const size_t axis = axisOf(op, op.options<types::PartsOptions>().axis, whole.shape.size());
    return planBlocks(op, whole, allOutputs(op), axis, KernelId::SplitBlocks, {op.inputs()[0]});
}

// SPLIT: axis, input; SPLIT_V: input, sizes, axis.
OpPlan prepareSplit(const OpView& op) {
    const bool sized = op.kind() == OpKind::SPLIT_V;
    const size_t data = sized ? 0 : 1;
    const Tensor& whole = op.input(data);
    const size_t axis = axisOf(op, onlyInt(op, sized ? 2 : 0), whole.shape.size());
    return planBlocks(op, whole, allOutputs(op), axis, KernelId::SplitBlocks, {op.inputs()[data]});
}

}  // namespace lowering
