// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Operator order: any order that respects the data flow computes the same; some need less memory.
// Searched is the order whose largest sum of bytes alive is smallest; in place, an output that may
// lie over an input counts only once that is dead.
//
// The states of the search are sets of executed operators; from each, any operator whose inputs
// are there may come next. The state whose path had the smallest peak is expanded first, so the
// first complete order is the best one (exact). Graphs with too many states are finished greedily;
// the peak of the last expanded state is then a bound that no order can beat.
// Operators that share a variable tensor, and those with effects that their outputs do not tell
// (custom operators, control flow, resource variables), keep their order among themselves.

#include "memory/in_place.h"

namespace memory {

struct OperatorOrder {
    std::vector<int32_t> order;  ///< operator indices of the graph, in the order of execution
    int64_t peakBytes = 0;       ///< largest sum alive in that order
    int64_t boundBytes = 0;      ///< no order needs less
    bool exact() const { return peakBytes == boundBytes; }
};

/// States that are looked at before the search becomes greedy; bounds time and memory.
constexpr size_t kMaxOrderStates = 100'000;

OperatorOrder searchOrder(const types::Graph& graph, const ScratchNeeds& scratch,
                          const Overwritable& overwritable = {},
                          size_t maxStates = kMaxOrderStates);

/// The graph with its operators in that order.
types::Graph withOrder(const types::Graph& graph, const std::vector<int32_t>& order);
ScratchNeeds withOrder(const ScratchNeeds& scratch, const std::vector<int32_t>& order);

}  // namespace memory
