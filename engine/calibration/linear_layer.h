// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LinearLayer: a convolution, a depthwise convolution or a fully connected layer seen as products
// of rows. Each output position reads one row: the inputs that its window covers, in the order
// rows, columns, channels, zero in the padding. An output channel is the product of its weights
// with all of the row, or (depthwise) with the part of the row that belongs to one input channel.
//
// A value; does not refer to the graph.

#include <span>

#include "types/graph.h"

namespace calibration {

class LinearLayer {
public:
    /// CONV_2D without groups, DEPTHWISE_CONV_2D, FULLY_CONNECTED with constant weights.
    static bool is(const types::Graph& graph, size_t op);

    /// Of an operator that is one.
    LinearLayer(const types::Graph& graph, size_t op);

    size_t positions() const { return m_batch * m_outHeight * m_outWidth; }
    size_t columns() const { return m_height * m_width * m_depth; }
    size_t channels() const { return m_channels; }
    bool isDepthwise() const { return m_depthwise; }

    /// Writes the row of one output position; `input` holds the layer's whole input.
    void writeRow(std::span<const float> input, size_t position, float* row) const;

    /// Weights of one output channel, and for the k-th of them its place in the filter and the
    /// column of the row that it is multiplied with.
    size_t taps() const { return m_depthwise ? m_height * m_width : columns(); }
    size_t weightAt(size_t channel, size_t k) const {
        return m_depthwise ? k * m_channels + channel : channel * columns() + k;
    }
    size_t columnAt(size_t channel, size_t k) const {
        return m_depthwise ? k * m_depth + channel / (m_channels / m_depth) : k;
    }

private:
    bool m_depthwise = false;
    size_t m_batch = 1, m_inHeight = 1, m_inWidth = 1, m_depth = 1;
    size_t m_outHeight = 1, m_outWidth = 1, m_channels = 1;
    size_t m_height = 1, m_width = 1;  ///< of the window
    types::WindowOptions m_window;
    int32_t m_paddingTop = 0, m_paddingLeft = 0;
};

}  // namespace calibration
