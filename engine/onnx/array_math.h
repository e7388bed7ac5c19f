// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: moving and combining constants.

#include <functional>

#include "onnx/network.h"

namespace onnx {

/// Axis i of the result is axis order[i] of the array.
Array transposed(const Array& array, const std::vector<int32_t>& order);
/// The same values in another shape of as many elements.
Array reshaped(const Array& array, types::Shape shape);
/// Along one axis, the slices with these indices, which must be in range.
Array selected(const Array& array, size_t axis, const std::vector<int64_t>& indices);
/// Element by element with broadcasting to `shape`.
Array combined(const Array& a, const Array& b, const types::Shape& shape, types::DataType type,
               const std::function<double(double, double)>& function);
Array mapped(const Array& array, types::DataType type, const std::function<double(double)>& f);
/// All elements equal.
bool isUniform(const Array& array);

}  // namespace onnx
