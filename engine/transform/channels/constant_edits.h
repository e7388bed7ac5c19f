// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ConstantEdits: collects new contents for constants, requested by the operators that use them.
// Buffers and tensors may be shared: a constant is changed in place where all its users request the
// same change; else users with a different request get a copy. Buffers with other users stay
// unchanged.

#include <vector>

#include "types/graph.h"

namespace transform {

class ConstantEdits {
public:
    /// Lets input `operand` of operator `op` read `tensor` with `data` instead.
    void add(size_t op, size_t operand, types::Tensor tensor, types::Bytes data);
    /// The same for a constant list of integers; its length must not change.
    void addInts(const types::Graph& graph, size_t op, size_t operand,
                 const std::vector<int64_t>& values);

    bool empty() const { return m_edits.empty(); }

    /// Applies all edits.
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

/// Gives one tensor new data; a buffer with other users is left alone.
void replaceData(types::Graph& graph, int32_t tensor, types::Bytes data);

}  // namespace transform
