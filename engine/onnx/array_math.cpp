// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/array_math.h"

#include <algorithm>

namespace onnx {
namespace {

using types::Shape;

std::vector<size_t> rowMajorStrides(const Shape& shape) {
    std::vector<size_t> strides(shape.size(), 1);
    for (size_t d = shape.size(); d-- > 1;)
        strides[d - 1] = strides[d] * static_cast<size_t>(shape[d]);
    return strides;
}

/// Visits every index of `shape` in row-major order with the offset that `strides` give.
template <typename Visit>
void walk(const Shape& shape, const std::vector<size_t>& strides, Visit visit) {
    std::vector<int32_t> index(shape.size(), 0);
    size_t offset = 0;
    for (int64_t n = types::elementCount(shape); n > 0; --n) {
        visit(offset);
        for (size_t d = shape.size(); d-- > 0;) {
            offset += strides[d];
            if (++index[d] < shape[d]) break;
            offset -= strides[d] * static_cast<size_t>(shape[d]);
            index[d] = 0;
        }
    }
}

/// Strides of `shape` read as the broadcast `target`: 0 where it repeats.
std::vector<size_t> repeatedStrides(const Shape& shape, const Shape& target) {
    const std::vector<size_t> own = rowMajorStrides(shape);
    std::vector<size_t> strides(target.size(), 0);
    const size_t lead = target.size() - shape.size();
    for (size_t d = 0; d < shape.size(); ++d)
        strides[lead + d] = shape[d] == 1 ? 0 : own[d];
    return strides;
}

}  // namespace

ConstantArray transposed(const ConstantArray& array, const std::vector<int32_t>& order) {
    const std::vector<size_t> own = rowMajorStrides(array.shape);
    Shape shape;
    std::vector<size_t> strides;
    for (int32_t axis : order) {
        shape.push_back(array.shape[static_cast<size_t>(axis)]);
        strides.push_back(own[static_cast<size_t>(axis)]);
    }
    std::vector<double> values;
    values.reserve(array.values->size());
    walk(shape, strides, [&](size_t offset) { values.push_back(array.at(offset)); });
    return makeArray(array.type, std::move(shape), std::move(values));
}

ConstantArray reshaped(const ConstantArray& array, Shape shape) {
    return {array.type, std::move(shape), array.values};
}

ConstantArray selected(const ConstantArray& array, size_t axis,
                       const std::vector<int64_t>& indices) {
    Shape shape = array.shape;
    shape[axis] = static_cast<int32_t>(indices.size());
    size_t outer = 1, inner = 1;
    for (size_t d = 0; d < axis; ++d)
        outer *= static_cast<size_t>(array.shape[d]);
    for (size_t d = axis + 1; d < array.shape.size(); ++d)
        inner *= static_cast<size_t>(array.shape[d]);
    const auto length = static_cast<size_t>(array.shape[axis]);
    std::vector<double> values;
    values.reserve(outer * indices.size() * inner);
    for (size_t o = 0; o < outer; ++o)
        for (int64_t index : indices) {
            const auto first =
                array.values->begin() +
                static_cast<int64_t>((o * length + static_cast<size_t>(index)) * inner);
            values.insert(values.end(), first, first + static_cast<int64_t>(inner));
        }
    return makeArray(array.type, std::move(shape), std::move(values));
}

ConstantArray combined(const ConstantArray& a, const ConstantArray& b, const Shape& shape,
                       types::DataType type,
                       const std::function<double(double, double)>& function) {
    std::vector<double> left, values;
    left.reserve(static_cast<size_t>(types::elementCount(shape)));
    values.reserve(left.capacity());
    walk(shape, repeatedStrides(a.shape, shape), [&](size_t at) { left.push_back(a.at(at)); });
    walk(shape, repeatedStrides(b.shape, shape),
         [&](size_t at) { values.push_back(function(left[values.size()], b.at(at))); });
    return makeArray(type, shape, std::move(values));
}

ConstantArray mapped(const ConstantArray& array, types::DataType type,
                     const std::function<double(double)>& f) {
    std::vector<double> values;
    values.reserve(array.values->size());
    for (double value : *array.values)
        values.push_back(f(value));
    return makeArray(type, array.shape, std::move(values));
}

bool isUniform(const ConstantArray& array) {
    return !array.values->empty() &&
           std::all_of(array.values->begin(), array.values->end(),
                       [&](double value) { return value == array.values->front(); });
}

}  // namespace onnx
