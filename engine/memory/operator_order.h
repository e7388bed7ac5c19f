// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Operator order: every topological order computes the same result, but some need less memory. The
// search finds the order whose peak, the largest sum of bytes alive, is smallest. In place, an
// output that may overwrite an input counts only after that input is dead.
//
// The states of the search are sets of executed operators; from each state, every operator whose
// inputs are available may run next. The state whose path has the smallest peak is expanded first,
// so the first complete order is optimal (exact search). When a graph has too many states, the rest
// is ordered greedily, and the peak of the last expanded state is a lower bound for all orders.
// Operators that share a variable tensor, and operators with effects that do not show in their
// outputs (custom operators, control flow, resource variables), keep their order among themselves.

#include "memory/in_place.h"

namespace memory {

struct OperatorOrder {
    std::vector<int32_t> order;  ///< operator indices of the graph, in the order of execution
    int64_t peakBytes = 0;       ///< largest sum of bytes alive in that order
    int64_t boundBytes = 0;      ///< lower bound over all orders
    bool exact() const { return peakBytes == boundBytes; }
};

/// Number of states expanded before the search becomes greedy; bounds time and memory.
constexpr size_t kMaxOrderStates = 100'000;

OperatorOrder searchOrder(const types::Graph& graph, const ScratchNeeds& scratch,
                          const Overwritable& overwritable = {},
                          size_t maxStates = kMaxOrderStates);

/// Returns the graph with its operators in that order.
types::Graph withOrder(const types::Graph& graph, const std::vector<int32_t>& order);
ScratchNeeds withOrder(const ScratchNeeds& scratch, const std::vector<int32_t>& order);

}  // namespace memory
