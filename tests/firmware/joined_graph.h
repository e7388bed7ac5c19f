// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Joins several graphs to one that computes them one after the other, so that one start of the
// emulator tests many operators.

#include "types/graph.h"

namespace test {

inline void append(types::Graph& all, const types::Graph& next) {
    const auto tensors = static_cast<int32_t>(all.tensors.size());
    const auto buffers = static_cast<uint32_t>(all.buffers.size());
    const auto shift = [&](std::vector<int32_t> indices) {
        for (int32_t& index : indices)
            if (index >= 0) index += tensors;
        return indices;
    };
    for (types::Tensor tensor : next.tensors) {
        tensor.buffer += buffers;
        all.tensors.push_back(std::move(tensor));
    }
    for (types::Op op : next.ops) {
        op.inputs = shift(op.inputs);
        op.outputs = shift(op.outputs);
        all.ops.push_back(std::move(op));
    }
    for (int32_t input : shift(next.inputs))
        all.inputs.push_back(input);
    for (int32_t output : shift(next.outputs))
        all.outputs.push_back(output);
    all.buffers.insert(all.buffers.end(), next.buffers.begin(), next.buffers.end());
}

}  // namespace test
