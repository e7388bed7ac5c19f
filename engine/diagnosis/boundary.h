// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Boundary: for every sample, the bytes of the activations that lead from the first part of a model
// into the rest. It advances operator by operator, so that each operator runs once, and holds one
// cut of the model per sample in memory.

#include <span>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace diagnosis {

class Boundary {
public:
    /// Starts before the first operator. The graph must outlive the Boundary; the samples fit the
    /// graph.
    Boundary(const types::Graph& graph, const calibration::RealInputs& inputs);

    /// Moves on until it stands before operator `op`.
    types::Result<void> advanceTo(size_t op, const types::Work& work = {});

    size_t samples() const { return m_bytes.size(); }
    std::span<const uint8_t> bytes(size_t sample, int32_t tensor) const;

private:
    using Cut = std::vector<std::vector<uint8_t>>;  ///< by index in m_tensors

    const types::Graph& m_graph;
    size_t m_op = 0;
    std::vector<int32_t> m_tensors;  ///< ascending
    std::vector<Cut> m_bytes;        ///< by sample
};

}  // namespace diagnosis
