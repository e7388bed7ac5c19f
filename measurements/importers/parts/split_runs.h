// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Splits a stream of events, a profile that is printed repeatedly, into runs of the model. A board
// that restarts during a run leaves an incomplete one.
//
// The stream does not state the model's sequence of operators. Candidates are each block of
// consecutive lines, and the shortest period in which operators and times repeat. The candidate
// that explains most events wins; of two that explain all, the shorter.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "types/session.h"

namespace importers {

struct ProfileEvent {
    std::string tag;
    int64_t ticks = 0;  ///< of the first quantity
    /// All quantities that the line states, in the order of its columns; the first is `ticks`.
    std::vector<std::pair<types::Quantity, double>> values = {};
    std::string note = {};  ///< what else the line states
};

using ProfileBlock = std::vector<ProfileEvent>;

struct SplitRuns {
    std::vector<ProfileBlock> runs;  ///< all with the same tags
    size_t leftOut = 0;              ///< events of incomplete runs
};

SplitRuns splitRuns(const std::vector<ProfileBlock>& blocks);

}  // namespace importers
