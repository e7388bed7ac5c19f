// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/cut_tensor.h"

#include "transform/channels/packed_codes.h"

namespace transform {

using types::Bytes;
using types::Quantization;
using types::Shape;
using types::Tensor;

namespace {

template <typename Element>
void keep(std::vector<Element>& elements, const std::vector<int32_t>& kept) {
    std::vector<Element> result;
    result.reserve(kept.size());
    for (int32_t i : kept)
        result.push_back(elements[static_cast<size_t>(i)]);
    elements = std::move(result);
}

void cutQuantization(Quantization& quantization, const Shape& shape, const Cut& cut) {
    const auto axis = shape.size() == 1 ? 0 : static_cast<size_t>(quantization.axis);
    if (axis >= shape.size()) return;
    const auto length = static_cast<size_t>(shape[axis]);
    const std::vector<int32_t>& kept = cut[axis];
    if (quantization.scale.size() <= 1 || kept.size() == length) return;
    keep(quantization.scale, kept);
    if (quantization.zeroPoint.size() == length) keep(quantization.zeroPoint, kept);
    if (quantization.min.size() == length) keep(quantization.min, kept);
    if (quantization.max.size() == length) keep(quantization.max, kept);
}

/// Treats `data` as [outer, length, chunk] and keeps some indices of the middle axis; copies runs
/// of neighbours at once.
template <typename Unit>
std::vector<Unit> cutAxis(const std::vector<Unit>& data, size_t length, size_t chunk,
                          const std::vector<int32_t>& kept) {
    std::vector<Unit> result;
    const size_t row = length * chunk;
    if (row == 0) return result;
    result.reserve(data.size() / length * kept.size());
    for (size_t start = 0; start < data.size(); start += row) {
        for (size_t i = 0; i < kept.size();) {
            size_t end = i + 1;
            while (end < kept.size() && kept[end] == kept[end - 1] + 1)
                ++end;
            const auto from =
                data.begin() + static_cast<ptrdiff_t>(start + static_cast<size_t>(kept[i]) * chunk);
            result.insert(result.end(), from, from + static_cast<ptrdiff_t>((end - i) * chunk));
            i = end;
        }
    }
    return result;
}

/// An element consists of `unitsPerElement` units of `data`.
template <typename Unit>
std::vector<Unit> cutElements(std::vector<Unit> data, Shape shape, size_t unitsPerElement,
                              const Cut& cut) {
    for (size_t axis = 0; axis < shape.size(); ++axis) {
        const auto length = static_cast<size_t>(shape[axis]);
        if (cut[axis].size() == length) continue;
        size_t chunk = unitsPerElement;
        for (size_t i = axis + 1; i < shape.size(); ++i)
            chunk *= static_cast<size_t>(shape[i]);
        data = cutAxis(data, length, chunk, cut[axis]);
        shape[axis] = static_cast<int32_t>(cut[axis].size());
    }
    return data;
}

}  // namespace

bool isOpaque(const Tensor& tensor) {
    const int bits = types::bitsOf(tensor.type);
    const bool packed =
        tensor.type == types::DataType::Int4 || tensor.type == types::DataType::UInt4;
    return tensor.isSparse || tensor.carried || (bits % 8 != 0 && !packed) || bits == 0;
}

bool keepsAll(const Cut& cut, const Shape& shape) {
    for (size_t axis = 0; axis < shape.size(); ++axis)
        if (cut[axis].size() != static_cast<size_t>(shape[axis])) return false;
    return true;
}

Tensor cutTensor(const Tensor& tensor, const Cut& cut) {
    Tensor result = tensor;
    for (size_t axis = 0; axis < cut.size(); ++axis) {
        const auto length = static_cast<int32_t>(cut[axis].size());
        result.shape[axis] = length;
        const bool open = axis >= result.shapeSignature.size() || result.shapeSignature[axis] < 0;
        if (!open) result.shapeSignature[axis] = length;
    }
    cutQuantization(result.quantization, tensor.shape, cut);
    return result;
}

Bytes cutData(const Tensor& tensor, const Bytes& data, const Cut& cut) {
    const auto count = static_cast<size_t>(tensor.elements());
    const int bits = types::bitsOf(tensor.type);
    if (bits == 4)
        return Bytes(packCodes(cutElements(unpackCodes(data.view(), count), tensor.shape, 1, cut)));
    const auto size = static_cast<size_t>(tensor.bytes());
    std::vector<uint8_t> bytes(data.data(), data.data() + size);
    return Bytes(cutElements(std::move(bytes), tensor.shape, static_cast<size_t>(bits) / 8, cut));
}

std::vector<float> cutValues(const std::vector<float>& values, const Shape& shape, const Cut& cut) {
    return cutElements(values, shape, 1, cut);
}

}  // namespace transform
