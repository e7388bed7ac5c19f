// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: what a node asks of its input's shape. ONNX moved several attributes
// (axes, pads, starts) to inputs in later opsets; NodeArguments reads either. The shape rules serve
// constants and activations alike.

#include "onnx/onnx_network.h"

namespace onnx {

struct NodeArguments {
    const Node& node;
    int64_t opset = 0;
    std::vector<const ConstantArray*> constants;  ///< one per input; null: absent or no constant

    const ConstantArray* constant(size_t input) const {
        return input < constants.size() ? constants[input] : nullptr;
    }
    /// Integers of the attribute, else of the input; nullopt where there is neither. Refuses an
    /// input that is no constant.
    std::optional<std::vector<int64_t>> ints(const std::string& attribute, size_t input) const;
    /// The same for numbers, as of Clip and Pad.
    std::optional<double> number(const std::string& attribute, size_t input) const;
};

std::vector<int64_t> integersOf(const ConstantArray& array);

/// The axis counted from the front; refuses one outside the rank.
size_t axisOf(const Node& node, int64_t axis, size_t rank);
std::vector<size_t> axesOf(const Node& node, const std::vector<int64_t>& axes, size_t rank);

/// Reshape, Flatten, Squeeze, Unsqueeze: the output's shape.
types::Shape reshapedTo(const NodeArguments& arguments, const types::Shape& in);
bool isReshape(const std::string& op);

/// Transpose: axis i of the output is axis [i] of the input.
std::vector<int32_t> permutationOf(const Node& node, size_t rank);

/// Slice: the part of one axis.
struct SliceRange {
    size_t axis = 0;
    int64_t start = 0, step = 1, count = 0;
};
std::vector<SliceRange> slicesOf(const NodeArguments& arguments, const types::Shape& in);

/// Split: the lengths of the parts.
std::vector<int64_t> partsOf(const NodeArguments& arguments, int64_t length);

/// The shape to which both broadcast; refuses shapes that do not.
types::Shape broadcastShape(const Node& node, const types::Shape& a, const types::Shape& b);

}  // namespace onnx
