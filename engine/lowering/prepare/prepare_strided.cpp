// SPDX-License-Identifier: GPL-3.0-or-later
// Strided copies: slices, reversals, broadcasts, blocks to depth and back.
#include <algorithm>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/strided_iterators.h"
#include "runtime/kernels/dynamic_slice.h"
#include "runtime/kernels/transpose.h"

namespace lowering {
namespace {

using runtime::KernelId;
using runtime::TransposeParams;
using types::OpKind;
using types::Shape;

/// Maps output to input elements: a start and a step per output dimension.
struct Access {
    int64_t start = 0;
    Shape dims;
    std::vector<int32_t> strides;

    void add(int32_t dim, int64_t stride) {
        dims.push_back(dim);
        strides.push_back(static_cast<int32_t>(stride));
    }
};

// The first and the last element along each dimension must lie inside the input.
void requireInside(const OpView& op, const Access& access) {
    int64_t lowest = access.start, highest = access.start;
    for (size_t d = 0; d < access.dims.size(); ++d) {
        const int64_t reach = int64_t{access.dims[d] - 1} * access.strides[d];
        (reach < 0 ? lowest : highest) += reach;
    }
    op.require(count(op.output()) == 0 || (lowest >= 0 && highest < count(op.input(0))),
               "reaches outside its input");
}

OpPlan planAccess(const OpView& op, const Access& access) {
    ParamBlock<TransposeParams> params;
    op.requireType(op.output(), op.input(0).type, "output");
    op.require(types::elementCount(access.dims) == count(op.output()),
               "has an output that does not match its input");
    requireInside(op, access);
    params->start = static_cast<int32_t>(access.start);
    params->iterator = makeStridedIterator<1>(access.dims, {access.strides});
    const KernelId kernel =
        chooseBySize(op, op.input(0).type, KernelId::Transpose1, KernelId::Transpose2,
                     KernelId::Transpose4, KernelId::Transpose8);
    return {kernel, params.bytes(), {}, {op.inputs()[0]}};
}

/// Reads the operands of STRIDED_SLICE one input dimension at a time.
class StridedSlice {
public:
    explicit StridedSlice(const OpView& op)
        : m_op(op),
          m_options(op.options<types::StridedSliceOptions>()),
          m_begin(op.constantInts(1)),
          m_steps(op.constantInts(3)) {
        op.require(m_options.ellipsisMask == 0 && m_options.newAxisMask == 0,
                   "with an ellipsis or a new axis has no kernel");
        op.require(m_begin.size() == m_steps.size() && m_begin.size() <= op.input(0).shape.size(),
                   "has slices that do not match its input");
    }

    Access access() const {
        const Shape &in = m_op.input(0).shape, &out = m_op.output().shape;
        const auto strides = stridesOf(in);
        Access access;
        size_t next = 0;
        for (size_t d = 0; d < in.size(); ++d) {
            const int64_t step = stepAlong(d);
            access.start += beginAlong(d, step) * strides[d];
            if (has(m_options.shrinkAxisMask, d)) continue;
            m_op.require(next < out.size(), "has an output of too few dimensions");
            access.add(out[next++], step * strides[d]);
        }
        return access;
    }

private:
    static bool has(int32_t mask, size_t d) { return d < 31 && (mask >> d & 1) != 0; }

    int64_t stepAlong(size_t d) const {
        if (d >= m_steps.size()) return 1;
        const int64_t reach = int64_t{1} << 30;
        m_op.require(m_steps[d] != 0 && m_steps[d] > -reach && m_steps[d] < reach,
                     "has a step of 0 or out of range");
        return m_steps[d];
    }

    int64_t beginAlong(size_t d, int64_t step) const {
        const int64_t size = m_op.input(0).shape[d];
        if (d >= m_begin.size() || has(m_options.beginMask, d)) return step > 0 ? 0 : size - 1;
        const int64_t begin = m_begin[d] < 0 ? m_begin[d] + size : m_begin[d];
        return step > 0 ? std::clamp<int64_t>(begin, 0, size)
                        : std::clamp<int64_t>(begin, -1, size - 1);
    }

    const OpView& m_op;
    const types::StridedSliceOptions& m_options;
    std::vector<int64_t> m_begin, m_steps;
};

OpPlan planDynamicSlice(const OpView& op) {
    ParamBlock<runtime::DynamicSliceParams> params;
    const Shape& in = op.input(0).shape;
    const types::DataType type = op.input(1).type;
    op.requireType(op.output(), op.input(0).type, "output");
    op.require((type == types::DataType::Int32 || type == types::DataType::Int64) &&
                   op.input(2).type == type && op.input(1).elements() == op.input(2).elements(),
               "needs begin and size as int32 or int64, with equally many entries");
    op.require(!in.empty() && in.size() <= runtime::kSliceRank, "needs at most 8 dimensions");
    std::copy(in.begin(), in.end(), params->dims);
    params->rank = static_cast<int32_t>(in.size());
    params->entries = std::min(count(op.input(1)), params->rank);
    params->wide = type == types::DataType::Int64 ? 1 : 0;
    params->elementBytes = elementBytes(op, op.input(0).type);
    return {KernelId::DynamicSlice, params.bytes(), {}, op.inputs()};
}

int32_t blockSize(const OpView& op) {
    const int32_t size = op.options<types::BlockOptions>().blockSize;
    op.require(size > 0 && op.input(0).shape.size() == 4 && op.output().shape.size() == 4,
               "needs a block size of at least 1 and 4-D operands");
    return size;
}

}  // namespace

OpPlan prepareStridedSlice(const OpView& op) {
    return planAccess(op, StridedSlice(op).access());
}

OpPlan prepareSlice(const OpView& op) {
    const Shape &in = op.input(0).shape, &out = op.output().shape;
    if (!op.isKnown(1) || !op.isKnown(2)) return planDynamicSlice(op);
    const auto begin = op.constantInts(1);
    op.require(begin.size() == in.size() && out.size() == in.size(),
               "needs one start per dimension");
    const auto strides = stridesOf(in);
    Access access;
    for (size_t d = 0; d < in.size(); ++d) {
        op.require(begin[d] >= 0 && begin[d] + out[d] <= in[d], "reaches outside its input");
        access.start += begin[d] * strides[d];
        access.add(out[d], strides[d]);
    }
    return planAccess(op, access);
}

OpPlan prepareReverse(const OpView& op) {
    const Shape& in = op.input(0).shape;
    const auto rank = static_cast<int64_t>(in.size());
    Access access{0, in, stridesOf(in)};
    for (int64_t axis : op.constantInts(1)) {
        op.require(axis >= -rank && axis < rank, "has an axis outside its input");
        const auto d = static_cast<size_t>(axis < 0 ? axis + rank : axis);
        op.require(access.strides[d] >= 0, "names an axis twice");
        access.start += int64_t{std::max(in[d] - 1, 0)} * access.strides[d];
        access.strides[d] = -access.strides[d];
    }
    return planAccess(op, access);
}

OpPlan prepareBroadcastTo(const OpView& op) {
    const Shape& out = op.output().shape;
    op.require(broadcastsTo(op.input(0).shape, out), "does not broadcast to its output");
    return planAccess(op, {0, out, broadcastStrides(op.input(0).shape, out)});
}

// A block of pixels becomes the channels of one: [n, h, b, w, b, c] -> [n, h, w, b, b, c].
OpPlan prepareSpaceToDepth(const OpView& op) {
    const int32_t block = blockSize(op);
    const Shape &in = op.input(0).shape, &out = op.output().shape;
    op.require(in[1] == out[1] * block && in[2] == out[2] * block,
               "has sizes that its block does not divide");
    const int64_t pixel = in[3], row = pixel * in[2], image = row * in[1];
    Access access;
    access.add(in[0], image);
    access.add(out[1], row * block);
    access.add(out[2], pixel * block);
    access.add(block, row);
    access.add(block, pixel);
    access.add(in[3], 1);
    return planAccess(op, access);
}

// The reverse: [n, h, w, b, b, c] -> [n, h, b, w, b, c].
OpPlan prepareDepthToSpace(const OpView& op) {
    const int32_t block = blockSize(op);
    const Shape &in = op.input(0).shape, &out = op.output().shape;
    op.require(out[1] == in[1] * block && out[2] == in[2] * block &&
                   int64_t{out[3]} * block * block == in[3],
               "has channels that its block does not divide");
    const int64_t pixel = in[3], row = pixel * in[2], image = row * in[1];
    Access access;
    access.add(in[0], image);
    access.add(in[1], row);
    access.add(block, int64_t{out[3]} * block);
    access.add(in[2], pixel);
    access.add(block, out[3]);
    access.add(out[3], 1);
    return planAccess(op, access);
}

}  // namespace lowering
