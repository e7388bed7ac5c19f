// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/layer_shape.h"

#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

/// "3x1" is height x width; "3" is square.
void readPair(const std::string& text, int32_t& height, int32_t& width) {
    const types::Shape pair = parseShape(text);
    if (pair.empty() || pair.size() > 2) return;
    height = pair.front();
    width = pair.back();
}

}  // namespace

types::Shape parseShape(const std::string& text) {
    types::Shape shape;
    for (const auto piece : piecesOf(text, 'x')) {
        const auto dimension = integerOf(piece);
        if (!dimension || *dimension < 0 || *dimension > INT32_MAX) return {};
        shape.push_back(static_cast<int32_t>(*dimension));
    }
    return shape;
}

LayerShape layerShapeOf(const types::Measurement& measurement) {
    const std::string& note = measurement.note;
    LayerShape shape;
    shape.op = measurement.op;
    shape.input = parseShape(noteValue(note, "in_shape"));
    shape.output = parseShape(noteValue(note, "out_shape"));
    readPair(noteValue(note, "kernel"), shape.kernelHeight, shape.kernelWidth);
    readPair(noteValue(note, "strides"), shape.strideHeight, shape.strideWidth);
    shape.padding = noteValue(note, "padding");
    shape.activation = noteValue(note, "activation");
    shape.weights = noteValue(note, "weights");
    shape.macs = numberOf(noteValue(note, "macs"));
    return shape;
}

std::string shapeKey(const std::string& op, const std::string& note) {
    std::string key = op;
    for (const char* name :
         {"in_shape", "out_shape", "kernel", "strides", "padding", "activation"}) {
        const std::string value = noteValue(note, name);
        if (!value.empty()) key += ' ' + value;
    }
    return key;
}

}  // namespace importers
