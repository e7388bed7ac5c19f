// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerShape: what a table or record says about a layer that stands alone, without a model. It
// rides in the note of the layer's measurements, one "key: value" a line (in_shape, out_shape,
// kernel, strides, padding, activation, macs, weights), so that it is stored and found again.

#include <optional>
#include <string>

#include "types/session.h"
#include "types/tensor.h"

namespace importers {

struct LayerShape {
    std::string op;                             ///< "CONV_2D"
    types::Shape input, output;                 ///< NHWC; empty: not said
    int32_t kernelHeight = 0, kernelWidth = 0;  ///< 0: not said
    int32_t strideHeight = 0, strideWidth = 0;
    std::string padding, activation;  ///< "same", "relu": the source's words
    std::string weights;              ///< "int8"; empty: not said
    std::optional<double> macs;
};

/// "1x64x9x4" as {1, 64, 9, 4}; empty where the text is no shape.
types::Shape parseShape(const std::string& text);

/// From the measurement's op and note.
LayerShape layerShapeOf(const types::Measurement& measurement);

/// A key for a layer without a model: its op and what the note says of its shape, so that two
/// measurements of one shape gather their samples: "CONV_2D 1x128x9x1 1x64x9x4 3x1 2x1 same relu".
std::string shapeKey(const std::string& op, const std::string& note);

}  // namespace importers
