// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Comparison: our time and another library's on the same work, in one process and one thread. Both
// run alternately in short blocks, and the shortest block of each counts: other load on the machine
// affects both alike, and rarely the shortest block.
//
// Units: microseconds of one call.

#include <functional>
#include <string>

namespace bench {

struct Times {
    double ours = 0, theirs = 0;  ///< us
    double ratio() const { return theirs / ours; }
};

/// Runs both in turn for about `seconds`.
Times compare(const std::function<void()>& ours, const std::function<void()>& theirs,
              double seconds);

/// Keeps a result for the summary. The geometric mean is taken per group.
void record(const std::string& group, const std::string& name, Times times);

/// Prints all results, and per group the geometric mean and the smallest ratio.
void printSummary();

}  // namespace bench
