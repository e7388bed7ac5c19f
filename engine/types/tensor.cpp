// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/tensor.h"

namespace types {

int64_t elementCount(const Shape& shape) {
    int64_t count = 1;
    for (int32_t dimension : shape)
        count *= dimension;
    return count;
}

std::string shapeText(const Shape& shape) {
    if (shape.empty()) return "scalar";
    std::string text;
    for (int32_t dimension : shape) {
        if (!text.empty()) text += "x";
        text += std::to_string(dimension);
    }
    return text;
}

std::string storageText(const Tensor& tensor) {
    const std::string type = dataTypeName(tensor.type);
    if (tensor.blockScales && !tensor.blockScales->axes.empty())
        return type + " along several axes";
    if (tensor.blockScales)
        return type + " in blocks of " + std::to_string(tensor.blockScales->blockSize);
    if (!tensor.quantization.present()) return type;
    return type + (tensor.quantization.perChannel() ? " per channel" : " per tensor");
}

}  // namespace types
