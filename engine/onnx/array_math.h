// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: moving and combining constants.

#include <functional>

#include "onnx/onnx_network.h"

namespace onnx {

/// Axis i of the result is axis order[i] of the array.
ConstantArray transposed(const ConstantArray& array, const std::vector<int32_t>& order);
/// The same values in another shape of as many elements.
ConstantArray reshaped(const ConstantArray& array, types::Shape shape);
/// Along one axis, the slices with these indices, which must be in range.
ConstantArray selected(const ConstantArray& array, size_t axis,
                       const std::vector<int64_t>& indices);
/// Element by element with broadcasting to `shape`.
ConstantArray combined(const ConstantArray& a, const ConstantArray& b, const types::Shape& shape,
                       types::DataType type, const std::function<double(double, double)>& function);
ConstantArray mapped(const ConstantArray& array, types::DataType type,
                     const std::function<double(double)>& f);
/// All elements equal.
bool isUniform(const ConstantArray& array);

}  // namespace onnx
