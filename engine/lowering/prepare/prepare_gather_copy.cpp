// SPDX-License-Identifier: GPL-3.0-or-later
// MIRROR_PAD, RESIZE_NEAREST_NEIGHBOR and BATCH_TO_SPACE_ND as copies with a table of source
// offsets per axis, and SPACE_TO_BATCH_ND.
#include <algorithm>
#include <cmath>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "lowering/prepare/strided_iterators.h"
#include "runtime/kernels/gather_copy.h"
#include "runtime/kernels/space_to_batch.h"

namespace lowering {
namespace {

using runtime::GatherCopyParams;
using runtime::KernelId;
using types::Shape;

/// Source offsets per coordinate of one output axis.
using AxisTable = std::vector<int32_t>;

// Tables for the innermost axes; the others have one coordinate. Offsets count `unit` elements.
OpPlan planGatherCopy(const OpView& op, const std::vector<AxisTable>& tables, int32_t unit) {
    ParamBlock<GatherCopyParams> params;
    op.requireType(op.output(), op.input(0).type, "output");
    const size_t lead = runtime::kGatherCopyRank - tables.size();
    int64_t highest = 0, elements = unit;
    for (size_t axis = 0; axis < runtime::kGatherCopyRank; ++axis) {
        const AxisTable table = axis < lead ? AxisTable{0} : tables[axis - lead];
        params->tables[axis] = params.add(table);
        elements *= static_cast<int64_t>(table.size());
        if (!table.empty()) highest += *std::max_element(table.begin(), table.end());
    }
    op.require(elements == count(op.output()) &&
                   (elements == 0 || (highest + 1) * unit <= count(op.input(0))),
               "reaches outside its input");
    params->elementBytes = elementBytes(op, op.input(0).type) * unit;
    return {KernelId::GatherCopy, params.bytes(), {}, {op.inputs()[0]}};
}

AxisTable plainAxis(int32_t size, int32_t stride) {
    AxisTable table;
    for (int32_t i = 0; i < size; ++i)
        table.push_back(i * stride);
    return table;
}

// Source coordinate of output coordinate i, mirrored at both ends.
AxisTable mirrored(int32_t size, int64_t before, int64_t after, bool symmetric, int32_t stride) {
    AxisTable table;
    const int64_t edge = symmetric ? 0 : 1;
    for (int64_t i = -before; i < size + after; ++i) {
        int64_t from = i < 0 ? -i - 1 + edge : i;
        if (from >= size) from = 2 * int64_t{size} - 1 - edge - from;
        table.push_back(static_cast<int32_t>(from) * stride);
    }
    return table;
}

int32_t nearest(int32_t i, int32_t in, int32_t out, const types::ResizeOptions& o) {
    const float scale = o.alignCorners && out > 1
                            ? static_cast<float>(in - 1) / static_cast<float>(out - 1)
                            : static_cast<float>(in) / static_cast<float>(out);
    const float at = (static_cast<float>(i) + (o.halfPixelCenters ? 0.5f : 0.0f)) * scale;
    const auto from = static_cast<int32_t>(o.alignCorners ? std::round(at) : std::floor(at));
    return std::clamp(from, 0, in - 1);
}

AxisTable nearestAxis(int32_t in, int32_t out, int32_t stride, const types::ResizeOptions& o) {
    AxisTable table;
    for (int32_t i = 0; i < out; ++i)
        table.push_back(nearest(i, in, out, o) * stride);
    return table;
}

/// NHWC sizes of a 3-D (one spatial axis) or 4-D tensor.
Shape asImage(const OpView& op, const Shape& shape) {
    op.require(shape.size() == 3 || shape.size() == 4, "needs 3-D or 4-D operands");
    if (shape.size() == 4) return shape;
    return {shape[0], shape[1], 1, shape[2]};
}

/// Per spatial axis: block size, and the padding or crop before and after.
struct Blocks {
    int32_t height = 1, width = 1;
    int64_t top = 0, bottom = 0, left = 0, right = 0;
};
Blocks blocksOf(const OpView& op) {
    const auto sizes = op.constantInts(1), edges = op.constantInts(2);
    const size_t spatial = op.input(0).shape.size() - 2;
    op.require(sizes.size() == spatial && edges.size() == 2 * spatial,
               "needs a block size and two edges per spatial axis");
    constexpr int64_t kMax = 1 << 20;
    for (int64_t size : sizes)
        op.require(size > 0 && size < kMax, "has a block size out of range");
    for (int64_t edge : edges)
        op.require(edge >= 0 && edge < kMax, "has an edge out of range");
    Blocks b;
    b.height = static_cast<int32_t>(sizes[0]);
    b.top = edges[0], b.bottom = edges[1];
    if (spatial == 2) {
        b.width = static_cast<int32_t>(sizes[1]);
        b.left = edges[2], b.right = edges[3];
    }
    return b;
}

}  // namespace

OpPlan prepareMirrorPad(const OpView& op) {
    const Shape& in = op.input(0).shape;
    const bool symmetric = op.options<types::MirrorPadOptions>().symmetric;
    const auto paddings = op.constantInts(1);
    op.require(paddings.size() == 2 * in.size() && op.output().shape.size() == in.size(),
               "needs two paddings per dimension");
    const auto strides = stridesOf(in);
    std::vector<AxisTable> tables;
    for (size_t d = 0; d < in.size(); ++d) {
        const int64_t before = paddings[2 * d], after = paddings[2 * d + 1];
        const int64_t widest = symmetric ? in[d] : in[d] - 1;
        op.require(before >= 0 && after >= 0 && before <= widest && after <= widest &&
                       before + in[d] + after == op.output().shape[d],
                   "has paddings that do not give its output");
        tables.push_back(mirrored(in[d], before, after, symmetric, strides[d]));
    }
    OpPlan plan = planGatherCopy(op, tables, 1);
    // TFLM keeps output strides and left paddings in the arena.
    plan.scratch.assign(2, static_cast<int64_t>(in.size()) * 4);
    return plan;
}

OpPlan prepareResizeNearest(const OpView& op) {
    const auto& o = op.options<types::ResizeOptions>();
    const Shape &in = op.input(0).shape, &out = op.output().shape;
    op.require(in.size() == 4 && out.size() == 4 && in[0] == out[0] && in[3] == out[3] &&
                   types::elementCount(in) > 0,
               "needs 4-D operands of the same batch and channels");
    return planGatherCopy(op,
                          {plainAxis(in[0], in[1] * in[2]), nearestAxis(in[1], out[1], in[2], o),
                           nearestAxis(in[2], out[2], 1, o)},
                          in[3]);
}

// Output pixel y comes from row y / block of the batch with index y % block.
OpPlan prepareBatchToSpace(const OpView& op) {
    const Shape in = asImage(op, op.input(0).shape), out = asImage(op, op.output().shape);
    const Blocks b = blocksOf(op);
    const auto axis = [](int32_t size, int64_t crop, int32_t block, int32_t rowStride,
                         int64_t batchStride) {
        AxisTable table;
        for (int64_t i = crop; i < size + crop; ++i)
            table.push_back(static_cast<int32_t>(i / block * rowStride + i % block * batchStride));
        return table;
    };
    op.require(in[0] == out[0] * b.height * b.width && in[3] == out[3] &&
                   out[1] + b.top + b.bottom == int64_t{in[1]} * b.height &&
                   out[2] + b.left + b.right == int64_t{in[2]} * b.width,
               "has blocks and crops that do not give its output");
    const int32_t image = in[1] * in[2];
    const int64_t batches = int64_t{out[0]} * image;
    return planGatherCopy(
        op,
        {plainAxis(out[0], image), axis(out[1], b.top, b.height, in[2], batches * b.width),
         axis(out[2], b.left, b.width, 1, batches)},
        in[3]);
}

OpPlan prepareSpaceToBatch(const OpView& op) {
    ParamBlock<runtime::SpaceToBatchParams> params;
    const Shape in = asImage(op, op.input(0).shape), out = asImage(op, op.output().shape);
    const Blocks b = blocksOf(op);
    op.requireType(op.output(), op.input(0).type, "output");
    op.require(int64_t{in[0]} * b.height * b.width == out[0] && in[3] == out[3] &&
                   in[1] + b.top + b.bottom == int64_t{out[1]} * b.height &&
                   in[2] + b.left + b.right == int64_t{out[2]} * b.width,
               "has blocks and paddings that do not give its output");
    params->batches = in[0], params->height = in[1], params->width = in[2];
    params->outHeight = out[1], params->outWidth = out[2];
    params->blockHeight = b.height, params->blockWidth = b.width;
    params->padTop = static_cast<int32_t>(b.top), params->padLeft = static_cast<int32_t>(b.left);
    params->elementBytes = elementBytes(op, op.input(0).type);
    params->pixelBytes = params->elementBytes * in[3];
    const int64_t zero = op.output().quantization.present() ? zeroPointOf(op, op.output()) : 0;
    __builtin_memcpy(params->value, &zero, sizeof params->value);
    return {KernelId::SpaceToBatch, params.bytes(), {}, {op.inputs()[0]}};
}

}  // namespace lowering
