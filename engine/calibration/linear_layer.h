// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LinearLayer: a convolution, depthwise convolution or fully connected layer as products of rows.
// Each output position reads one row: the inputs in its window, in the order rows, columns,
// channels, zero in the padding. An output channel is the product of its weights with the whole
// row, or (depthwise) with the part of the row that belongs to one input channel.
//
// A value type; does not refer to the graph.

#include <span>

#include "types/graph.h"

namespace calibration {

class LinearLayer {
public:
    /// True for CONV_2D without groups, DEPTHWISE_CONV_2D and FULLY_CONNECTED with constant
    /// weights.
    static bool is(const types::Graph& graph, size_t op);

    /// Requires is(graph, op).
    LinearLayer(const types::Graph& graph, size_t op);

    size_t positions() const { return m_batch * m_outHeight * m_outWidth; }
    size_t columns() const { return m_height * m_width * m_depth; }
    size_t channels() const { return m_channels; }
    bool isDepthwise() const { return m_depthwise; }

    /// Writes the row of one output position; `input` is the layer's whole input.
    void writeRow(std::span<const float> input, size_t position, float* row) const;
    /// The same with codes, `zero` in the padding.
    void writeRow(std::span<const int8_t> input, size_t position, int8_t zero, int8_t* row) const;

    /// Number of weights of one output channel; for the k-th of them, its index in the filter and
    /// the column of the row that it multiplies.
    size_t taps() const { return m_depthwise ? m_height * m_width : columns(); }
    size_t weightAt(size_t channel, size_t k) const {
        return m_depthwise ? k * m_channels + channel : channel * columns() + k;
    }
    size_t columnAt(size_t channel, size_t k) const {
        return m_depthwise ? k * m_depth + channel / (m_channels / m_depth) : k;
    }

private:
    template <typename Value>
    void write(std::span<const Value> input, size_t position, Value zero, Value* row) const;

    bool m_depthwise = false;
    size_t m_batch = 1, m_inHeight = 1, m_inWidth = 1, m_depth = 1;
    size_t m_outHeight = 1, m_outWidth = 1, m_channels = 1;
    size_t m_height = 1, m_width = 1;  ///< of the window
    types::WindowOptions m_window;
    int32_t m_paddingTop = 0, m_paddingLeft = 0;
};

}  // namespace calibration
