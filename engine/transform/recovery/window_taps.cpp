// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/window_taps.h"

#include "analysis/shapes.h"

namespace transform {

using types::OpKind;
using types::Shape;

WindowTaps::WindowTaps(const types::Graph& graph, size_t index) {
    const types::Op& op = graph.ops[index];
    const Shape& in = graph.tensor(op.input(0)).shape;
    if (op.kind == OpKind::FULLY_CONNECTED) {
        m_channels = static_cast<size_t>(graph.tensor(op.input(1)).shape[1]);
        m_batch = static_cast<size_t>(types::elementCount(in)) / m_channels;
        return;
    }
    const Shape& out = graph.tensor(op.output(0)).shape;
    m_batch = static_cast<size_t>(in[0]);
    m_inHeight = static_cast<size_t>(in[1]);
    m_inWidth = static_cast<size_t>(in[2]);
    m_channels = static_cast<size_t>(in[3]);
    m_outHeight = static_cast<size_t>(out[1]);
    m_outWidth = static_cast<size_t>(out[2]);
    m_window = std::get<types::WindowOptions>(op.options);
    const bool isPool = op.inputs.size() == 1;
    const int32_t height = isPool ? m_window.filterHeight : graph.tensor(op.input(1)).shape[1];
    const int32_t width = isPool ? m_window.filterWidth : graph.tensor(op.input(1)).shape[2];
    m_height = static_cast<size_t>(height);
    m_width = static_cast<size_t>(width);
    m_paddingTop = analysis::windowExtent(m_window.padding, in[1], height, m_window.strideHeight,
                                          m_window.dilationHeight)
                       .paddingBefore;
    m_paddingLeft = analysis::windowExtent(m_window.padding, in[2], width, m_window.strideWidth,
                                           m_window.dilationWidth)
                        .paddingBefore;
}

}  // namespace transform
