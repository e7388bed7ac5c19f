// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/window_dims.h"

#include "analysis/shapes.h"

namespace cost {

using types::OpKind;

std::optional<WindowDims> windowDims(const types::Graph& graph, const types::Op& op) {
    const auto* options = std::get_if<types::WindowOptions>(&op.options);
    const bool isTransposed = op.kind == OpKind::TRANSPOSE_CONV;
    const int32_t data = op.input(isTransposed ? 2 : 0), weights = op.input(1),
                  result = op.output(0);
    if (options == nullptr || data < 0 || weights < 0 || result < 0) return std::nullopt;
    const types::Shape& in = graph.tensor(data).shape;
    const types::Shape& filter = graph.tensor(weights).shape;
    const types::Shape& out = graph.tensor(result).shape;
    if (in.size() != 4 || filter.size() != 4 || out.size() != 4) return std::nullopt;
    WindowDims w;
    w.batch = in[0];
    w.inHeight = in[1], w.inWidth = in[2], w.inChannels = in[3];
    w.outHeight = out[1], w.outWidth = out[2], w.outChannels = out[3];
    w.filterHeight = filter[1], w.filterWidth = filter[2], w.filterChannels = filter[3];
    w.strideHeight = options->strideHeight, w.strideWidth = options->strideWidth;
    w.dilationHeight = options->dilationHeight, w.dilationWidth = options->dilationWidth;
    w.depthMultiplier = options->depthMultiplier;
    if (isTransposed) return w;
    w.padHeight = analysis::windowExtent(options->padding, in[1], filter[1], options->strideHeight,
                                         options->dilationHeight)
                      .paddingBefore;
    w.padWidth = analysis::windowExtent(options->padding, in[2], filter[2], options->strideWidth,
                                        options->dilationWidth)
                     .paddingBefore;
    return w;
}

}  // namespace cost
