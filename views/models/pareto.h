// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Pareto front of points in two quantities: those that no other point beats in one without
// losing in the other. Of equal points all are on the front.

#include <vector>

namespace views {

struct FrontPoint {
    double x = 0, y = 0;
};

/// Indices of the points on the front, by ascending x. `higherX` and `higherY` tell which way is
/// better.
std::vector<int> paretoFront(const std::vector<FrontPoint>& points, bool higherX, bool higherY);

}  // namespace views
