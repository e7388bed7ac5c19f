// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelEdits: edits a copy of a graph: tensors are retyped, copied and given new data. Unused
// indices of tensors and buffers are reused before the lists grow, and unused data are dropped, so
// that the file does not keep data of the original. Buffers that other subgraphs or metadata may
// refer to stay untouched, and so do the tensors that hold the scales of used ones.

#include <set>
#include <string>
#include <vector>

#include "types/graph.h"

namespace quantize {

class ModelEdits {
public:
    explicit ModelEdits(const types::Graph& graph);

    /// Valid during the lifetime of this object.
    types::Graph& graph() { return m_graph; }

    /// Adds a tensor with the shape of `like`, without data; returns its index.
    int32_t addTensor(const types::Tensor& like, types::DataType type, std::string name);
    /// Replaces a tensor and its data; a buffer with other users is left alone.
    void setConstant(int32_t tensor, types::Tensor value, types::Bytes data);

    /// Drops unused data, empties tensors that lost their last user, and returns the graph.
    types::Graph finish();

private:
    std::set<uint32_t> usedBuffers() const;
    std::set<uint32_t> buffersElsewhere() const;
    void findUnusedTensors();

    types::Graph m_graph;
    uint32_t m_firstNew = 0;        ///< buffers from this index on were added
    std::set<uint32_t> m_ours;      ///< buffers of the original graph's tensors
    std::vector<int32_t> m_unused;  ///< tensors without users
    std::set<int32_t> m_idle;       ///< those of the original graph, which stay as they are
};

}  // namespace quantize
