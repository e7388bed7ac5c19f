// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Boundary: for every sample, the bytes of the activations that lead from the first part of a model
// into the rest. It advances operator by operator, so that each operator runs once, and holds one
// cut of the model per sample in memory.

#include <span>
#include <stop_token>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"

namespace diagnosis {

class Boundary {
public:
    /// Starts before the first operator. The graph must outlive the Boundary; the samples fit the
    /// graph.
    Boundary(const types::Graph& graph, const calibration::RealInputs& inputs, int32_t threads);

    /// Moves on until it stands before operator `op`. Stopped: an Error, "cancelled".
    types::Result<void> advanceTo(size_t op, std::stop_token stop);

    size_t samples() const { return m_bytes.size(); }
    std::span<const uint8_t> bytes(size_t sample, int32_t tensor) const;

private:
    using Cut = std::vector<std::vector<uint8_t>>;  ///< by index in m_tensors

    const types::Graph& m_graph;
    int32_t m_threads;
    size_t m_op = 0;
    std::vector<int32_t> m_tensors;  ///< ascending
    std::vector<Cut> m_bytes;        ///< by sample
};

}  // namespace diagnosis
