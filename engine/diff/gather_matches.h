// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes matches of pairs: adds to a pair what was folded into it or split from it, and pairs links.
//
// Folded: an activation that the other side's layer has fused, a multiplication or addition with
// constants behind a layer with weights (batch norms), a PAD that became padding, the operators
// around a dilated convolution. Split: a connected set of layers of one side that reads and is read
// as one layer of the other, as parts of a layer with their concatenation are, or the
// decomposition of a composite. What is left stays without counterpart.

#include <vector>

#include "diff/spread_matches.h"
#include "types/model_diff.h"

namespace diff {

/// One entry per match, the paired layers first on each side, then what belongs to them; then the
/// layers without counterpart, those of the baseline first. Sets MatchKind::Fused and Split only.
std::vector<types::LayerMatch> gatherMatches(const Side& baseline, const Side& candidate,
                                             Pairings& pairings);

}  // namespace diff
