// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Graphs of one operator, for questions of compatibility.

#include <vector>

#include "types/graph.h"

namespace small {

inline types::Tensor tensorOf(types::DataType type, types::Shape shape, size_t scales = 1) {
    types::Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    if (type != types::DataType::Float32)
        tensor.quantization = {
            std::vector<float>(scales, 0.1f), std::vector<int64_t>(scales, 0), 0, {}, {}};
    return tensor;
}

/// The last tensor is the output.
inline types::Graph graphOf(types::OpKind kind, std::vector<types::Tensor> tensors,
                            types::OpOptions options = {}) {
    types::Graph graph;
    graph.buffers.resize(1);
    graph.tensors = std::move(tensors);
    types::Op op;
    op.kind = kind;
    op.options = std::move(options);
    const auto last = static_cast<int32_t>(graph.tensors.size()) - 1;
    for (int32_t i = 0; i < last; ++i)
        op.inputs.push_back(i);
    op.outputs = {last};
    graph.ops = {op};
    return graph;
}

}  // namespace small
