// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: how the elements of a tensor in memory (NHWC for images) form an ONNX value
// (NCHW). Transpose, Reshape, Flatten and Squeeze change only the view; an operator moves data
// where a reader needs another order (Conversion::materialized).

#include <optional>
#include <vector>

#include "types/tensor.h"

namespace onnx {

/// An order of axes: position i of memory holds axis [i].
using AxisOrder = std::vector<int32_t>;

/// value = reshape(transpose(tensor as dims)), where dimension i in memory is axis order[i].
struct View {
    int32_t tensor = -1;
    types::Shape dims;   ///< of the tensor's elements in memory
    AxisOrder order;     ///< a permutation
    types::Shape shape;  ///< of the value; holds as many elements as dims

    /// The shape before it was reshaped.
    types::Shape base() const;
    /// True where the value's axes are those in memory, in some order.
    bool isPlain() const { return base() == shape; }
};

AxisOrder identityOrder(size_t rank);
/// "position i holds axis [i]" of the inverse permutation.
AxisOrder inverseOrder(const AxisOrder& order);
/// Axes of a channels-first value with channels last: {0, 2, 3, 1}.
AxisOrder channelsLast(size_t rank);
/// `shape` in that order.
types::Shape ordered(const types::Shape& shape, const AxisOrder& order);

/// A tensor whose memory is the value of `shape` in `order`.
View viewOf(int32_t tensor, const types::Shape& shape, const AxisOrder& order);

/// The same elements as another shape; plain where the axes permit it.
View reshapedView(const View& view, const types::Shape& shape);
/// Requires a plain view. Axis i of the result is axis permutation[i] of the value.
View transposedView(const View& view, const std::vector<int32_t>& permutation);

/// The axes of a value cut so finely that both its memory and its shape are made of them. Axes of
/// length 1 are left out.
struct Factors {
    std::vector<int32_t> sizes;
    std::vector<size_t> memory;               ///< factors in the order of memory
    std::vector<std::vector<size_t>> ofAxis;  ///< factors of each axis of the value
};
/// Nothing where no such cut exists, as between 4x6 and 3x8.
std::optional<Factors> factorsOf(const View& view);

/// True where the memory is the value in `order`, up to axes of length 1.
bool isInOrder(const View& view, const AxisOrder& order);

}  // namespace onnx
