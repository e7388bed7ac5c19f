// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that select by index: GATHER, GATHER_ND, EMBEDDING_LOOKUP, DYNAMIC_UPDATE_SLICE,
// ARG_MAX, ARG_MIN; and those with a known or constant result: FILL, ZEROS_LIKE, SHAPE,
// BROADCAST_ARGS.
#include <cstring>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/strided_iterators.h"
#include "runtime/kernels/arg_extreme.h"
#include "runtime/kernels/broadcast_args.h"
#include "runtime/kernels/embedding.h"
#include "runtime/kernels/fill.h"
#include "runtime/kernels/gather.h"
#include "runtime/kernels/update_slice.h"

namespace lowering {
namespace {

using runtime::KernelId;
using types::DataType;
using types::OpKind;
using types::Shape;

}  // namespace

OpPlan prepareGather(const OpView& op) {
    ParamBlock<runtime::GatherParams> params;
    const auto& o = op.options<types::GatherOptions>();
    const Shape &in = op.input(0).shape, &indices = op.input(1).shape;
    op.requireType(op.output(), op.input(0).type, "output");
    op.requireType(op.input(1), DataType::Int32, "tensor of indices");
    const size_t axis = axisOf(op, o.axis, in.size());
    op.require(o.batchDims >= 0 && static_cast<size_t>(o.batchDims) <= axis &&
                   static_cast<size_t>(o.batchDims) <= indices.size(),
               "has batch dimensions out of range");
    const auto batchDims = static_cast<size_t>(o.batchDims);
    params->batches = volume(in, 0, batchDims);
    params->outer = volume(in, batchDims, axis);
    params->axisSize = in[axis];
    params->indices = volume(indices, batchDims, indices.size());
    params->sliceBytes = volume(in, axis + 1, in.size()) * elementBytes(op, op.input(0).type);
    op.require(
        params->batches * params->indices == count(op.input(1)) &&
            int64_t{params->batches} * params->outer * params->indices * params->sliceBytes ==
                op.output().bytes(),
        "has an output that does not match its indices");
    return {KernelId::Gather, params.bytes(), {}, {}};
}

OpPlan prepareGatherNd(const OpView& op) {
    ParamBlock<runtime::GatherNdParams> params;
    const Shape &in = op.input(0).shape, &indices = op.input(1).shape;
    op.requireType(op.output(), op.input(0).type, "output");
    op.requireType(op.input(1), DataType::Int32, "tensor of indices");
    op.require(!indices.empty() && static_cast<size_t>(indices.back()) <= in.size(),
               "has indices of too many coordinates");
    const auto depth = static_cast<size_t>(indices.back());
    const Shape leading(in.begin(), in.begin() + static_cast<ptrdiff_t>(depth));
    params->sizes = params.add(leading);
    params->strides = params.add(stridesOf(leading));
    params->indices = volume(indices, 0, indices.size() - 1);
    params->sliceBytes = volume(in, depth, in.size()) * elementBytes(op, op.input(0).type);
    op.require(int64_t{params->indices} * params->sliceBytes == op.output().bytes(),
               "has an output that does not match its indices");
    return {KernelId::GatherNd, params.bytes(), {}, {}};
}

// Rows that are copied as they are stored are a GATHER along the first axis.
OpPlan prepareEmbeddingLookup(const OpView& op) {
    const Shape& table = op.input(1).shape;
    op.requireType(op.input(0), DataType::Int32, "tensor of ids");
    op.require(op.input(0).shape.size() == 1 && table.size() >= 2 && table[0] > 0,
               "needs a list of ids and a table of rows");
    const int32_t ids = count(op.input(0)), columns = volume(table, 1, table.size());
    op.require(int64_t{ids} * columns == op.output().elements(),
               "has an output that does not match its ids");
    if (op.input(1).type == DataType::Int8 && op.output().type == DataType::Float32) {
        ParamBlock<runtime::EmbeddingParams> params;
        op.require(op.input(1).quantization.firstZeroPoint() == 0,
                   "needs zero point 0 for its table");
        // With scales per row, TFLM reads the first for all rows; so do we.
        *params = {ids, table[0], columns, scaleOf(op, op.input(1))};
        return {KernelId::EmbeddingInt8, params.bytes(), {}, {}};
    }
    op.require(op.output().type == op.input(1).type,
               "needs an output of its table's type, or of float32 for a table of int8");
    ParamBlock<runtime::GatherParams> params;
    params->axisSize = table[0];
    params->indices = ids;
    params->sliceBytes = columns * elementBytes(op, op.input(1).type);
    return {KernelId::Gather, params.bytes(), {}, {op.inputs()[1], op.inputs()[0]}};
}

OpPlan prepareBroadcastArgs(const OpView& op) {
    ParamBlock<runtime::BroadcastArgsParams> params;
    const DataType type = op.input(0).type;
    op.require(type == DataType::Int32 || type == DataType::Int64,
               "needs shapes of int32 or int64");
    op.requireType(op.input(1), type, "second shape");
    op.requireType(op.output(), type, "output");
    *params = {count(op.input(0)), count(op.input(1)), count(op.output()),
               type == DataType::Int64 ? 1 : 0};
    return {KernelId::BroadcastArgs, params.bytes(), {}, {}};
}

OpPlan prepareUpdateSlice(const OpView& op) {
    ParamBlock<runtime::UpdateSliceParams> params;
    const Shape &in = op.input(0).shape, &update = op.input(1).shape;
    const DataType start = op.input(2).type;
    op.requireType(op.input(1), op.input(0).type, "update");
    op.requireType(op.output(), op.input(0).type, "output");
    op.require(start == DataType::Int32 || start == DataType::Int64,
               "needs its start as int32 or int64");
    op.require(update.size() == in.size() && in.size() <= runtime::kIteratorRank &&
                   count(op.input(2)) == static_cast<int32_t>(in.size()) &&
                   op.output().bytes() == op.input(0).bytes(),
               "has an update or a start that does not match its input");
    const auto strides = stridesOf(in);
    const size_t lead = runtime::kIteratorRank - in.size();
    for (size_t d = 0; d < in.size(); ++d) {
        op.require(update[d] <= in[d], "has an update larger than its input");
        params->iterator.dims[lead + d] = update[d];
        params->iterator.strides[0][lead + d] = strides[d];
        params->last[lead + d] = in[d] - update[d];
    }
    params->rank = static_cast<int32_t>(in.size());
    params->wideStart = start == DataType::Int64 ? 1 : 0;
    params->elementBytes = elementBytes(op, op.input(0).type);
    return {KernelId::UpdateSlice, params.bytes(), {}, {}};
}

OpPlan prepareArg(const OpView& op) {
    ParamBlock<runtime::ArgParams> params;
    const Shape& in = op.input(0).shape;
    const auto axes = op.constantInts(1);
    op.require(axes.size() == 1 &&
                   (op.output().type == DataType::Int32 || op.output().type == DataType::Int64),
               "needs one axis and an output of int32 or int64");
    const size_t axis = axisOf(op, axes.front(), in.size());
    params->outer = volume(in, 0, axis);
    params->axisSize = in[axis];
    params->inner = volume(in, axis + 1, in.size());
    params->smallest = op.kind() == OpKind::ARG_MIN ? 1 : 0;
    params->wideOutput = op.output().type == DataType::Int64 ? 1 : 0;
    op.require(params->axisSize > 0 && params->outer * params->inner == count(op.output()),
               "has an output that does not match its axis");
    const KernelId kernel =
        op.choose(op.input(0).type, {{DataType::Int8, KernelId::ArgExtremeInt8},
                                     {DataType::Float32, KernelId::ArgExtremeFloat32}});
    return {kernel, params.bytes(), {}, {op.inputs()[0]}};
}

OpPlan prepareFill(const OpView& op) {
    ParamBlock<runtime::FillParams> params;
    op.requireType(op.output(), op.input(1).type, "output");
    op.require(count(op.input(1)) == 1, "needs one value");
    params->elementBytes = elementBytes(op, op.output().type);
    return {KernelId::Fill, params.bytes(), {}, {op.inputs()[1]}};
}

OpPlan prepareZerosLike(const OpView& op) {
    ParamBlock<runtime::ConstantParams> params;
    op.requireType(op.output(), op.input(0).type, "output");
    elementBytes(op, op.output().type);
    return {KernelId::Constant, params.bytes(), {}, {-1}};
}

OpPlan prepareShapeOf(const OpView& op) {
    ParamBlock<runtime::ConstantParams> params;
    const Shape& in = op.input(0).shape;
    op.require(count(op.output()) == static_cast<int32_t>(in.size()),
               "has an output that does not match its input");
    std::vector<uint8_t> bytes(static_cast<size_t>(op.output().bytes()));
    if (op.output().type == DataType::Int32) {
        if (!in.empty()) std::memcpy(bytes.data(), in.data(), bytes.size());
    } else {
        op.requireType(op.output(), DataType::Int64, "output");
        const std::vector<int64_t> wide(in.begin(), in.end());
        if (!in.empty()) std::memcpy(bytes.data(), wide.data(), bytes.size());
    }
    params->bytes = params.add(bytes);
    return {KernelId::Constant, params.bytes(), {}, {-1}};
}

}  // namespace lowering
