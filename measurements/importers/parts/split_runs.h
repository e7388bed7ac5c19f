// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A profile printed again and again is one stream of events; here it is cut into runs of the
// model. A board that restarts in the middle of a run leaves an incomplete one.
//
// Which sequence of operators is the model's is not said by the stream. Candidates are each block
// of lines that nothing interrupts, and the shortest period in which operators and times repeat;
// the one that explains most events wins; of two that explain all, the shorter.

#include <cstdint>
#include <string>
#include <vector>

namespace importers {

struct ProfileEvent {
    std::string tag;
    int64_t ticks = 0;
};

using ProfileBlock = std::vector<ProfileEvent>;

struct SplitRuns {
    std::vector<ProfileBlock> runs;  ///< all with the same tags
    size_t leftOut = 0;              ///< events of incomplete runs
};

SplitRuns splitRuns(const std::vector<ProfileBlock>& blocks);

}  // namespace importers
