// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/gather_axis.h"

namespace onnx {

using types::OpKind;
using types::Shape;

int32_t gathered(Conversion& c, const std::string& name, int32_t tensor, size_t place,
                 const std::vector<int32_t>& indices) {
    Shape shape = c.tensor(tensor).shape;
    bool isRange = true;
    for (size_t i = 1; i < indices.size(); ++i)
        isRange = isRange && indices[i] == indices[i - 1] + 1;
    if (isRange && static_cast<size_t>(shape[place]) == indices.size()) return tensor;
    std::vector<int32_t> begin(shape.size(), 0);
    begin[place] = indices.front();
    shape[place] = static_cast<int32_t>(indices.size());
    const int32_t result = c.addTensorLike(name, tensor, shape);
    if (isRange)
        c.emit(OpKind::SLICE, {tensor, c.addIntegers("begin", begin), c.addIntegers("size", shape)},
               {result});
    else
        c.emit(OpKind::GATHER, {tensor, c.addIntegers("indices", indices)}, {result},
               types::GatherOptions{static_cast<int32_t>(place), 0});
    return result;
}

}  // namespace onnx
