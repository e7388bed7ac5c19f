// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/linear_layer.h"

#include <algorithm>

#include "analysis/shapes.h"

namespace calibration {

using types::Graph;
using types::OpKind;
using types::Shape;

namespace {

size_t dimension(const Shape& shape, size_t axis) {
    return static_cast<size_t>(shape[axis]);
}

}  // namespace

bool LinearLayer::is(const Graph& graph, size_t index) {
    const types::Op& op = graph.ops[index];
    const bool kind = op.kind == OpKind::CONV_2D || op.kind == OpKind::DEPTHWISE_CONV_2D ||
                      op.kind == OpKind::FULLY_CONNECTED;
    if (!kind || op.input(1) < 0 || !graph.isConstant(op.input(1))) return false;
    const size_t rank = op.kind == OpKind::FULLY_CONNECTED ? 2 : 4;
    const Shape& filter = graph.tensor(op.input(1)).shape;
    if (filter.size() != rank || types::elementCount(filter) == 0) return false;
    if (op.kind != OpKind::CONV_2D) return true;
    return graph.tensor(op.input(0)).shape.back() == filter.back();
}

LinearLayer::LinearLayer(const Graph& graph, size_t index) {
    const types::Op& op = graph.ops[index];
    const Shape& filter = graph.tensor(op.input(1)).shape;
    const Shape& in = graph.tensor(op.input(0)).shape;
    if (op.kind == OpKind::FULLY_CONNECTED) {
        m_channels = dimension(filter, 0);
        m_depth = dimension(filter, 1);
        m_batch = static_cast<size_t>(types::elementCount(in)) / m_depth;
        return;
    }
    const Shape& out = graph.tensor(op.output(0)).shape;
    m_depthwise = op.kind == OpKind::DEPTHWISE_CONV_2D;
    m_batch = dimension(in, 0);
    m_inHeight = dimension(in, 1), m_inWidth = dimension(in, 2), m_depth = dimension(in, 3);
    m_outHeight = dimension(out, 1), m_outWidth = dimension(out, 2);
    m_channels = dimension(out, 3);
    m_height = dimension(filter, 1), m_width = dimension(filter, 2);
    m_window = std::get<types::WindowOptions>(op.options);
    const auto before = [&](size_t axis, int32_t stride, int32_t dilation) {
        return analysis::windowExtent(m_window.padding, in[axis], filter[axis], stride, dilation)
            .paddingBefore;
    };
    m_paddingTop = before(1, m_window.strideHeight, m_window.dilationHeight);
    m_paddingLeft = before(2, m_window.strideWidth, m_window.dilationWidth);
}

void LinearLayer::writeRow(std::span<const float> input, size_t position, float* row) const {
    write(input, position, 0.0f, row);
}

void LinearLayer::writeRow(std::span<const int8_t> input, size_t position, int8_t zero,
                           int8_t* row) const {
    write(input, position, zero, row);
}

template <typename Value>
void LinearLayer::write(std::span<const Value> input, size_t position, Value zero,
                        Value* row) const {
    const size_t image = position / (m_outHeight * m_outWidth);
    const auto y = static_cast<int32_t>(position / m_outWidth % m_outHeight);
    const auto x = static_cast<int32_t>(position % m_outWidth);
    const Value* pixels = input.data() + image * m_inHeight * m_inWidth * m_depth;
    for (int32_t i = 0; i < static_cast<int32_t>(m_height); ++i) {
        const int32_t inY = y * m_window.strideHeight - m_paddingTop + i * m_window.dilationHeight;
        for (int32_t j = 0; j < static_cast<int32_t>(m_width); ++j, row += m_depth) {
            const int32_t inX =
                x * m_window.strideWidth - m_paddingLeft + j * m_window.dilationWidth;
            const bool inside = inY >= 0 && inX >= 0 && inY < static_cast<int32_t>(m_inHeight) &&
                                inX < static_cast<int32_t>(m_inWidth);
            if (!inside) {
                std::fill_n(row, m_depth, zero);
                continue;
            }
            const size_t pixel = static_cast<size_t>(inY) * m_inWidth + static_cast<size_t>(inX);
            std::copy_n(pixels + pixel * m_depth, m_depth, row);
        }
    }
}

}  // namespace calibration
