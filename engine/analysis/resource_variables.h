// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Resource variables: state behind handles, which READ_VARIABLE and ASSIGN_VARIABLE copy. All
// subgraphs of a model share its variables; VAR_HANDLEs of the same names are one variable.
//
// Handles are followed from VAR_HANDLE through the arguments of IF and WHILE. As in TFLM, the first
// ASSIGN_VARIABLE in the order of the file gives a variable its size and its value at the start.

#include <map>
#include <string>
#include <vector>

#include "types/graph.h"

namespace analysis {

struct ResourceVariable {
    std::string name;  ///< "container/shared name"
    types::DataType type = types::DataType::Float32;
    types::Shape shape = {0};  ///< of the value that is assigned first, or else read
    uint8_t reset = 0;  ///< every byte before the first assignment: low byte of the zero point

    int64_t bytes() const { return types::bytesOf(type, types::elementCount(shape)); }
};

/// Returns the subgraphs that an operator calls: two of IF and WHILE, one of CALL_ONCE and
/// STABLEHLO_COMPOSITE, else none.
std::vector<int32_t> calledSubgraphs(const types::Op& op);

class ResourceVariables {
public:
    explicit ResourceVariables(const types::Graph& model);

    const std::vector<ResourceVariable>& all() const { return m_variables; }
    /// Returns the index of the variable behind a handle of a subgraph (0: the first); -1 where it
    /// is unknown, or depends on the caller.
    int32_t behind(size_t subgraph, int32_t handle) const;

private:
    /// A subgraph of the model.
    struct View {
        const std::vector<types::Tensor>* tensors;
        const std::vector<types::Op>* ops;
        const std::vector<int32_t>* inputs;
    };
    using Handle = std::pair<size_t, int32_t>;  ///< subgraph, tensor

    void nameHandles(size_t subgraph);
    std::vector<size_t> callersFirst() const;
    void bindArguments(size_t caller);
    void bind(Handle given, size_t called, size_t port);
    void describe(types::OpKind kind);

    std::vector<View> m_views;  ///< subgraphs that are not sound are empty
    std::vector<ResourceVariable> m_variables;
    std::map<std::string, int32_t> m_indices;
    std::map<Handle, int32_t> m_handles;
};

}  // namespace analysis
