// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelEdits: a copy of a graph whose tensors are retyped, copied and given new data. Places in the
// lists of tensors and buffers that fell out of use are taken again before the lists grow, and data
// that nothing needs any more are dropped, so that a file does not carry what it was made from.
// Buffers that other subgraphs or metadata may name are left alone.

#include <set>
#include <string>
#include <vector>

#include "types/graph.h"

namespace quantize {

class ModelEdits {
public:
    explicit ModelEdits(const types::Graph& graph);

    /// Valid as long as this object is.
    types::Graph& graph() { return m_graph; }

    /// A new tensor with the shape of `like`; no data.
    int32_t addTensor(const types::Tensor& like, types::DataType type, std::string name);
    /// Replaces a tensor and gives it data; a buffer that others use is left alone.
    void setConstant(int32_t tensor, types::Tensor value, types::Bytes data);

    /// Drops data without users and hands the graph over.
    types::Graph finish();

private:
    std::set<uint32_t> usedBuffers() const;
    void findUnusedTensors();

    types::Graph m_graph;
    uint32_t m_firstNew = 0;        ///< buffers from here on were added
    std::set<uint32_t> m_ours;      ///< buffers of the graph's tensors when it came
    std::vector<int32_t> m_unused;  ///< tensors that nothing refers to
};

}  // namespace quantize
