// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// drawSpace(): the variations of a space that are to be tried, equal networks once. Equal documents
// and seeds give equal draws on every machine.

#include <vector>

#include "search/space/space.h"
#include "types/work.h"

namespace search {

struct DrawnSpace {
    int64_t items = 0;                         ///< points drawn, those with equal networks included
    std::vector<types::Variation> variations;  ///< one of each network, normalized, as drawn
};

/// More points than this are refused.
inline constexpr int64_t kMostPoints = 5'000'000;

/// A grid takes every point, or the first `count`; a draw takes `count` points, random or of
/// Sobol's sequence with its digits shifted by the seed. Errors: a range without steps in a grid,
/// too many points, conditions that leave none.
types::Result<DrawnSpace> drawSpace(const Space& space, const types::GraphPtr& graph,
                                    const types::Work& work = {});

}  // namespace search
