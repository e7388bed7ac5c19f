// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/rules/broadcast_rows.h"

#include <algorithm>

namespace learning {

using types::Shape;

namespace {

/// The shape with leading ones, so that it has `rank` axes.
Shape aligned(const Shape& shape, size_t rank) {
    Shape result(rank - shape.size(), 1);
    result.insert(result.end(), shape.begin(), shape.end());
    return result;
}

/// Number of last axes that form a row.
size_t rowAxes(const Shape& large, const std::vector<Shape>& small) {
    size_t axes = 0;
    for (; axes < large.size(); ++axes) {
        const size_t axis = large.size() - 1 - axes, last = large.size() - 1;
        const bool steady = std::ranges::all_of(small, [&](const Shape& shape) {
            const bool steps = shape[axis] == large[axis], began = shape[last] == large[last];
            return axes == 0 || large[axis] == 1 || large[last] == 1 || steps == began;
        });
        if (!steady || (axes > 0 && large[last] == 1)) break;
    }
    return axes;
}

size_t offsetOf(const Shape& large, const Shape& small, size_t element) {
    size_t offset = 0, stride = 1;
    for (size_t axis = large.size(); axis-- > 0;) {
        const auto length = static_cast<size_t>(large[axis]);
        if (small[axis] > 1) offset += element % length * stride;
        element /= length;
        stride *= static_cast<size_t>(small[axis]);
    }
    return offset;
}

}  // namespace

bool broadcasts(const Shape& small, const Shape& large) {
    if (small.size() > large.size()) return false;
    const Shape whole = aligned(small, large.size());
    for (size_t axis = 0; axis < large.size(); ++axis)
        if (whole[axis] != 1 && whole[axis] != large[axis]) return false;
    return true;
}

BroadcastRows::BroadcastRows(const Shape& large, const std::vector<Shape>& small) {
    std::vector<Shape> shapes;
    for (const Shape& shape : small)
        shapes.push_back(aligned(shape, large.size()));
    length = 1;
    for (size_t axes = rowAxes(large, shapes), i = 0; i < axes; ++i)
        length *= static_cast<size_t>(large[large.size() - 1 - i]);
    count = length > 0 ? static_cast<size_t>(types::elementCount(large)) / length : 0;
    for (const Shape& shape : shapes) {
        Operand operand;
        operand.step = !large.empty() && shape.back() == large.back() && large.back() > 1 ? 1 : 0;
        for (size_t row = 0; row < count; ++row)
            operand.offsets.push_back(offsetOf(large, shape, row * length));
        operands.push_back(std::move(operand));
        whole.push_back(shape == large);
    }
}

}  // namespace learning
