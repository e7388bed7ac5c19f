// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ConstantEdits: new contents for constants, asked for by the operators that use them. Buffers and
// tensors are shared: a constant that all its users want changed alike is changed in place, else
// those who want something else get a copy of their own. Buffers that other tensors still need stay
// as they are.

#include <vector>

#include "types/graph.h"

namespace transform {

class ConstantEdits {
public:
    /// Input `operand` of operator `op` shall read `tensor` with `data` instead.
    void add(size_t op, size_t operand, types::Tensor tensor, types::Bytes data);
    /// The same for a constant list of integers, whose length stays.
    void addInts(const types::Graph& graph, size_t op, size_t operand,
                 const std::vector<int64_t>& values);

    bool empty() const { return m_edits.empty(); }

    /// Carries all edits out.
    void apply(types::Graph& graph) const;

private:
    struct Edit {
        size_t op, operand;
        types::Tensor tensor;
        types::Bytes data;
    };
    static bool alike(const Edit& a, const Edit& b);

    std::vector<Edit> m_edits;
};

/// Gives one tensor new data; a buffer that others use is left alone.
void replaceData(types::Graph& graph, int32_t tensor, types::Bytes data);

}  // namespace transform
