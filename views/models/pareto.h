// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Pareto front of points in two quantities: points that no other point beats in one quantity
// without being worse in the other. Equal points are all on the front.

#include <vector>

namespace views {

struct FrontPoint {
    double x = 0, y = 0;
};

/// Returns the indices of the points on the front, by ascending x. `higherX`, `higherY`: higher is
/// better.
std::vector<int> paretoFront(const std::vector<FrontPoint>& points, bool higherX, bool higherY);

}  // namespace views
