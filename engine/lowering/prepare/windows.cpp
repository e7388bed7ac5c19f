// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/windows.h"

#include <limits>

#include "analysis/shapes.h"

namespace lowering {
namespace {

// The kernels compute coordinates in 32 bits.
void requireReach(const OpView& op, int32_t out, int32_t stride, int32_t filter, int32_t dilation) {
    const int64_t last = (int64_t{out} - 1) * stride + (int64_t{filter} - 1) * dilation + dilation;
    op.require(last < std::numeric_limits<int32_t>::max() / 2, "has strides beyond 2^30");
}

}  // namespace

runtime::Window makeWindow(const OpView& op, int32_t filterHeight, int32_t filterWidth) {
    const auto& o = op.options<types::WindowOptions>();
    const types::Shape &in = op.input(0).shape, &out = op.output().shape;
    op.require(in.size() == 4 && out.size() == 4 && in[0] == out[0],
               "needs 4-D input and output of the same batch");
    requireReach(op, out[1], o.strideHeight, filterHeight, o.dilationHeight);
    requireReach(op, out[2], o.strideWidth, filterWidth, o.dilationWidth);
    runtime::Window w;
    w.batches = in[0];
    w.inHeight = in[1], w.inWidth = in[2], w.inChannels = in[3];
    w.outHeight = out[1], w.outWidth = out[2], w.outChannels = out[3];
    w.filterHeight = filterHeight, w.filterWidth = filterWidth;
    w.strideHeight = o.strideHeight, w.strideWidth = o.strideWidth;
    w.dilationHeight = o.dilationHeight, w.dilationWidth = o.dilationWidth;
    w.padTop = op.paddingAbove().value_or(
        analysis::windowExtent(o.padding, in[1], filterHeight, o.strideHeight, o.dilationHeight)
            .paddingBefore);
    w.padLeft =
        analysis::windowExtent(o.padding, in[2], filterWidth, o.strideWidth, o.dilationWidth)
            .paddingBefore;
    return w;
}

void requireTapEverywhere(const OpView& op, const runtime::Window& w) {
    const auto inside = [](int32_t out, int32_t stride, int32_t padding, int32_t filter,
                           int32_t size) {
        if (out == 0) return true;
        const auto first = runtime::tapsInside(0, stride, padding, 1, filter, size);
        const auto last = runtime::tapsInside(out - 1, stride, padding, 1, filter, size);
        return first.begin < first.end && last.begin < last.end;
    };
    op.require(inside(w.outHeight, w.strideHeight, w.padTop, w.filterHeight, w.inHeight) &&
                   inside(w.outWidth, w.strideWidth, w.padLeft, w.filterWidth, w.inWidth),
               "has a window that lies outside its input");
}

}  // namespace lowering
