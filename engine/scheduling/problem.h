// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Problem: a runnable model as the search for schedules sees it: its operators in one order, the
// rows that they read, and what their kernels need.

#include <optional>
#include <vector>

#include "analysis/row_bands.h"
#include "memory/in_place.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/target.h"

namespace scheduling {

struct ProblemOp {
    std::optional<analysis::RowRule> rule;  ///< empty: computed as a whole
    bool isFolded = false;                  ///< nothing is left to do at run time
    int64_t macs = 0;
    std::vector<int64_t> scratch;  ///< bytes
    std::vector<int32_t> overwritable;
};

/// Positions are indices of `graph.ops`; `order` maps them to the operators of the model.
struct Problem {
    types::Graph graph;
    std::vector<int32_t> order;
    std::vector<ProblemOp> ops;
    std::vector<types::PlannedBuffer> buffers;  ///< of whole tensors, without scratch
    std::vector<int32_t> bufferOf;              ///< per tensor; -1: none
    std::vector<std::vector<int32_t>> readers;  ///< per tensor: positions, ascending
    std::vector<int32_t> writer;                ///< per tensor: position; -1: none

    const types::PlannedBuffer* buffer(int32_t tensor) const {
        const int32_t index = tensor < 0 ? -1 : bufferOf[static_cast<size_t>(tensor)];
        return index < 0 ? nullptr : &buffers[static_cast<size_t>(index)];
    }
    bool isOutput(int32_t tensor) const;
    int64_t macs() const;  ///< of all operators as a whole
};

/// The model in each order worth trying: that of the file, and the one with the smallest peak
/// where that is smaller. Returns an Error for a model that cannot run.
types::Result<std::vector<Problem>> makeProblems(const types::Graph& graph,
                                                 types::Isa isa = types::Isa::Portable);

}  // namespace scheduling
