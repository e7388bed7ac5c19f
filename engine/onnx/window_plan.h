// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: the windows of convolutions and pools. ONNX states any padding; TFLite
// knows SAME (which puts the odd element behind) and VALID, so other paddings become a PAD before.

#include <array>

#include "onnx/conversion.h"

namespace onnx {

/// One spatial axis.
struct Reach {
    int32_t in = 0, out = 0, kernel = 1, stride = 1, dilation = 1;
    int32_t before = 0, after = 0;  ///< padding that the window reads

    int32_t extent() const { return (kernel - 1) * dilation + 1; }
};

/// Height and width; a 1-D operator has a height of 1.
using Reaches = std::array<Reach, 2>;

/// `in`: the value's shape, channels first; kernel: as many numbers as spatial axes.
Reaches reachesOf(const Node& node, const types::Shape& in, const std::vector<int64_t>& kernel);

/// How TFLite states the window, and the padding that it needs before.
struct WindowPlan {
    types::WindowOptions options;
    bool needsPad = false;
};
WindowPlan planWindow(const Reaches& reaches);

/// A 3-D value as an image of height 1; refuses others than 3-D and 4-D.
View asImage(const Node& node, const View& view);
types::Shape imageShape(const Node& node, const types::Shape& shape);
/// The operator's result in the rank of its input.
View fromImage(int32_t tensor, const types::Shape& nchw, size_t rank);

/// Pads height and width of an NHWC tensor; with zeros, or with the least value of its type.
int32_t padded(Conversion& c, int32_t tensor, const Reaches& reaches, bool withLeast);

}  // namespace onnx
