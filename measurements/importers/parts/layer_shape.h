// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerShape: the description of a layer measured alone, without a model. It is stored in the note
// of the layer's measurements, one "key: value" per line (in_shape, out_shape, kernel, strides,
// padding, activation, macs, weights).

#include <optional>
#include <string>

#include "types/session.h"
#include "types/tensor.h"

namespace importers {

struct LayerShape {
    std::string op;                             ///< "CONV_2D"
    types::Shape input, output;                 ///< NHWC; empty: unknown
    int32_t kernelHeight = 0, kernelWidth = 0;  ///< 0: unknown
    int32_t strideHeight = 0, strideWidth = 0;
    std::string padding, activation;  ///< "same", "relu": spelt as in the source
    std::string weights;              ///< "int8"; empty: unknown
    std::optional<double> macs;
};

/// "1x64x9x4" becomes {1, 64, 9, 4}; empty where the text is no shape.
types::Shape parseShape(const std::string& text);

/// Reads the measurement's op and note.
LayerShape layerShapeOf(const types::Measurement& measurement);

/// Returns a key for a layer without a model, from its op and the shape in its note: "CONV_2D
/// 1x128x9x1 1x64x9x4 3x1 2x1 same relu". Equal shapes collect their samples under one key.
std::string shapeKey(const std::string& op, const std::string& note);

}  // namespace importers
