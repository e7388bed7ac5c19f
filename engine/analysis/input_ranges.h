// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a model asks of the values of its inputs: ids that lie inside the tables that they index.
//
// An input is followed through operators that keep values (RESHAPE, CAST, CONCATENATION, ...) or
// add a constant, to the index operand of GATHER, GATHER_ND, EMBEDDING_LOOKUP or a run-time SLICE.

#include <cstdint>
#include <optional>
#include <vector>

#include "types/graph.h"

namespace analysis {

/// Both included.
struct InputRange {
    int64_t lowest = 0, highest = 0;
};

/// One entry per model input of a validated graph; nothing: every value of its type is accepted.
std::vector<std::optional<InputRange>> inputRanges(const types::Graph& graph);

}  // namespace analysis
