// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: computes nodes of constants, so that chains that exporters write for shapes
// (Shape, Gather, Concat, ...) and constant weights vanish.

#include "onnx/node_arguments.h"

namespace onnx {

/// All inputs that are present must be constants. Returns nothing for operators without a rule
/// here.
std::optional<ConstantArray> evaluateNode(const NodeArguments& arguments);

/// The result of Shape or Size for an input of this shape.
ConstantArray shapeAsArray(const Node& node, const types::Shape& shape);

/// Floating values as float32 keeps them.
double asFloat(double value);

}  // namespace onnx
