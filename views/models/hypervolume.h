// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The area that a front dominates, in two costs: lower is better, up to a reference point that is
// worse than all. It is exact. Points are given by ascending x and descending y.

#include <vector>

#include "views/models/pareto.h"

namespace views {

double dominatedArea(const std::vector<PlanePoint>& front, const PlanePoint& reference);

/// What each point alone adds to the area of all.
std::vector<double> areaContributions(const std::vector<PlanePoint>& front,
                                      const PlanePoint& reference);

/// Indices of the `count` points that together dominate the largest area, ascending. Of a front of
/// n points in O(n count): the best end of j points is found among lines whose slopes rise
/// (Bringmann et al. 2014, "Two-dimensional subset selection for hypervolume and
/// epsilon-indicator").
std::vector<int> widestSubset(const std::vector<PlanePoint>& front, const PlanePoint& reference,
                              int count);

}  // namespace views
